package dev.phial.gateway.logs.fluent;

import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.forward.Destination;
import dev.phial.gateway.logs.net.Closing;
import dev.phial.gateway.logs.net.Dialer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.value.Value;
import org.msgpack.value.ValueFactory;

/** A server of the forward protocol. Each message asks for an acknowledgement, and is delivered when it has come. */
public final class ForwardDestination implements Destination {
  private static final int MOST_ANSWER = 4 << 10;

  private final Dialer dialer;
  private final Duration timeout;
  private @Nullable Link link;

  /** A connection, and what comes on it: acknowledgements, or that it is over. */
  private static final class Link extends SimpleChannelInboundHandler<ByteBuf> {
    private final BlockingQueue<Optional<byte[]>> answers = new LinkedBlockingQueue<>();
    private final MessagePackFrames frames = new MessagePackFrames(MOST_ANSWER);
    private @Nullable Channel channel;

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      frames.add(bytes);
      for (Optional<byte[]> next = frames.next(); next.isPresent(); next = frames.next()) {
        answers.add(next);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      answers.add(Optional.empty());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      Closing.close(context.channel());
    }
  }

  public ForwardDestination(Dialer dialer, Duration timeout) {
    this.dialer = dialer;
    this.timeout = timeout;
  }

  @Override
  public void send(Parcel parcel) throws IOException, InterruptedException {
    Link open = link();
    Channel channel = open.channel;
    if (channel == null) {
      throw new IOException("there is no connection");
    }
    String chunk = UUID.randomUUID().toString();
    var unused = channel.writeAndFlush(Unpooled.wrappedBuffer(
        Unpooled.wrappedBuffer(head(parcel)),
        Unpooled.wrappedBuffer(parcel.body()),
        Unpooled.wrappedBuffer(options(parcel, chunk))));
    Optional<byte[]> answer = open.answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null || answer.isEmpty()) {
      throw new IOException(dialer.authority()
          + (answer == null ? " does not acknowledge in time" : " ended the connection"));
    }
    if (!acknowledges(answer.get(), chunk)) {
      throw new IOException(dialer.authority() + " acknowledged something else");
    }
  }

  private Link link() throws IOException, InterruptedException {
    Link open = link;
    if (open == null) {
      Link fresh = new Link();
      fresh.channel = dialer.connect(pipeline -> pipeline.addLast(fresh));
      link = fresh;
      open = fresh;
    }
    return open;
  }

  private static byte[] head(Parcel parcel) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packArrayHeader(3);
      packer.packString(parcel.fields().getOrDefault(ForwardMessage.TAG, ""));
      return packer.toByteArray();
    }
  }

  private static byte[] options(Parcel parcel, String chunk) throws IOException {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      packer.packMapHeader(2);
      packer.packString("chunk");
      packer.packString(chunk);
      packer.packString("size");
      packer.packInt(parcel.events());
      return packer.toByteArray();
    }
  }

  private static boolean acknowledges(byte[] answer, String chunk) throws IOException {
    try (var unpacker = MessagePack.newDefaultUnpacker(answer)) {
      Value value = unpacker.unpackValue();
      return value.isMapValue()
          && ValueFactory.newString(chunk)
              .equals(value.asMapValue().map().get(ValueFactory.newString("ack")));
    }
  }

  @Override
  public boolean settle(boolean now) {
    return true;
  }

  @Override
  public void reset() {
    Link open = link;
    link = null;
    if (open != null && open.channel != null) {
      Closing.close(open.channel);
    }
  }
}
