package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads responses of an upstream. Interim responses (1xx) are passed over; trailers too. Gives a {@link ResponseHead},
 * buffers of body, {@link BodyEnd}; or {@link BadFraming}, and then nothing more. Bytes that no request has asked for are
 * {@link BadFraming} too.
 */
final class ResponseDecoder extends ByteToMessageDecoder {
  private enum State {
    IDLE,
    HEAD,
    BODY,
    DEAD
  }

  private final HeadReader heads = new HeadReader();
  private State state = State.IDLE;
  private boolean bodiless;
  private @Nullable BodyReader body;

  /** A request goes out, so a response may come. */
  void expect(boolean head) {
    bodiless = head;
    state = State.HEAD;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    try {
      switch (state) {
        case HEAD -> head(in, out);
        case BODY -> body(in, out);
        case IDLE ->
          throw FramingException.of(
              "9112, section 9.3", "bytes came that no request had asked for");
        case DEAD -> in.skipBytes(in.readableBytes());
      }
    } catch (FramingException e) {
      state = State.DEAD;
      in.skipBytes(in.readableBytes());
      out.add(new BadFraming(e));
    }
  }

  private void head(ByteBuf in, List<Object> out) {
    HeadReader.Head read = heads.read(in);
    if (read == null) {
      return;
    }
    ResponseHead head = ResponseFraming.of(read, bodiless);
    if (head.status() >= 200) {
      out.add(head);
      body = BodyReader.of(head.body(), true);
      state = State.BODY;
      endIfDone(out);
    }
  }

  private void body(ByteBuf in, List<Object> out) {
    BodyReader reading = body;
    if (reading != null) {
      ByteBuf bytes = reading.read(in);
      if (bytes != null) {
        out.add(bytes);
      }
      endIfDone(out);
    }
  }

  private void endIfDone(List<Object> out) {
    if (body != null && body.ended()) {
      body = null;
      state = State.IDLE;
      out.add(BodyEnd.BODY_END);
    }
  }
}
