package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, one at a time: after the end of one nothing is read until {@link #next}, so that a pipelined request waits
 * for its turn. Gives a {@link RequestHead}, buffers of body, {@link BodyEnd}; or {@link BadFraming}, and then nothing more.
 *
 * <p>There is one parser and it is the strict one. A validator in front of a lenient parser would be a second opinion on each
 * message, and the difference between two opinions is what smuggling is made of.
 */
final class RequestDecoder extends ByteToMessageDecoder {
  private enum State {
    HEAD,
    BODY,
    WAIT,
    DEAD
  }

  private final HeadReader heads = new HeadReader();
  private State state = State.HEAD;
  private @Nullable BodyReader body;

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    try {
      switch (state) {
        case HEAD -> head(in, out);
        case BODY -> body(in, out);
        case WAIT -> {
          // the bytes of a pipelined request stay where they are
        }
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
    if (read != null) {
      RequestHead head = RequestFraming.of(read);
      out.add(head);
      body = BodyReader.of(head.body(), false);
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
      state = State.WAIT;
      out.add(BodyEnd.BODY_END);
    }
  }

  /** Goes on to the next request, some bytes of which may have arrived already. */
  void next(ChannelHandlerContext ctx) {
    if (state == State.WAIT) {
      state = State.HEAD;
      try {
        channelRead(ctx, Unpooled.EMPTY_BUFFER);
      } catch (Exception e) {
        ctx.fireExceptionCaught(e);
      }
    }
  }

  /** From now on everything that arrives is thrown away. */
  void discard() {
    state = State.DEAD;
  }

  /** Whether the head or body of a request has begun and not ended. */
  boolean midway() {
    return state == State.BODY || (state == State.HEAD && actualReadableBytes() > 0);
  }
}
