package dev.phial.gateway.logs.syslog;

import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.forward.Destination;
import dev.phial.gateway.logs.net.Closing;
import dev.phial.gateway.logs.net.Dialer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A syslog server over TCP or TLS. Syslog has no acknowledgement, and what was written to a socket may be lost with the
 * connection. So after some megabytes or a minute the connection is ended from this side, in order: a server that closes in
 * turn has read all of it. Until then everything counts as not delivered. (Left open: a server that happens to close by
 * itself in that very round trip.)
 */
public final class SyslogStream implements Destination {
  private static final long MOST_UNSETTLED_BYTES = 16 << 20;
  private static final int BUFFER_SHARE = 4;
  private static final Duration LONGEST_UNSETTLED = Duration.ofMinutes(1);

  private final Dialer dialer;
  private final boolean counted;
  private final Duration timeout;
  private final long mostUnsettled;
  private @Nullable Link link;
  private long unsettledBytes;
  private long unsettledSince;

  /** A connection and what is known of it. */
  private static final class Link extends ChannelInboundHandlerAdapter {
    private final Semaphore wakes = new Semaphore(0);
    private @Nullable Channel channel;
    private volatile boolean failed;

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
      ReferenceCountUtil.release(bytes); // a syslog server says nothing
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      wakes.release();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      wakes.release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      failed = true;
      Closing.close(context.channel());
    }

    Channel open() throws IOException {
      Channel open = channel;
      if (open == null || failed || !open.isActive()) {
        throw new IOException("the connection to the syslog server broke");
      }
      return open;
    }
  }

  /**
   * @param counted whether octets are counted; otherwise each message ends with LF, and LF within one becomes {@code #012}
   * @param timeout how long the server may take nothing, and how long it may take to close
   * @param bufferBytes the size of the buffer before it: what is not settled takes its room
   */
  public SyslogStream(Dialer dialer, boolean counted, Duration timeout, long bufferBytes) {
    this.dialer = dialer;
    this.counted = counted;
    this.timeout = timeout;
    this.mostUnsettled = Math.min(MOST_UNSETTLED_BYTES, bufferBytes / BUFFER_SHARE);
  }

  @Override
  public void send(Parcel parcel) throws IOException, InterruptedException {
    Link open = link();
    ByteBuffer body = counted ? parcel.body() : CountedMessages.lines(parcel.body());
    ByteBuf bytes = Unpooled.wrappedBuffer(body);
    if (unsettledBytes == 0) {
      unsettledSince = System.nanoTime();
    }
    unsettledBytes += bytes.readableBytes();
    var unused = open.open().writeAndFlush(bytes, open.open().voidPromise());
    while (!open.open().isWritable()) {
      if (!open.wakes.tryAcquire(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException("the syslog server takes nothing");
      }
    }
  }

  private Link link() throws IOException, InterruptedException {
    Link open = link;
    if (open == null) {
      open = new Link();
      Link handler = open;
      open.channel = dialer.connect(pipeline -> pipeline.addLast(handler));
      link = open;
    }
    return open;
  }

  @Override
  public boolean settle(boolean now) throws IOException, InterruptedException {
    Link open = link;
    if (unsettledBytes == 0 || open == null) {
      return true;
    }
    open.open();
    boolean due = unsettledBytes >= mostUnsettled
        || System.nanoTime() - unsettledSince >= LONGEST_UNSETTLED.toNanos();
    if (!now && !due) {
      return false;
    }
    end(open);
    link = null;
    unsettledBytes = 0;
    return true;
  }

  private void end(Link open) throws IOException, InterruptedException {
    Channel channel = open.open();
    ChannelFuture flushed = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (!flushed.await(timeout.toMillis()) || !flushed.isSuccess()) {
      throw new IOException("the syslog server takes nothing");
    }
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.closeOutbound().await(timeout.toMillis());
    } else {
      ((DuplexChannel) channel).shutdownOutput().await(timeout.toMillis());
    }
    if (!channel.closeFuture().await(timeout.toMillis()) || open.failed) {
      throw new IOException("the syslog server did not end the connection in order");
    }
  }

  @Override
  public void reset() {
    Link open = link;
    link = null;
    unsettledBytes = 0;
    if (open != null && open.channel != null) {
      Closing.close(open.channel);
    }
  }
}
