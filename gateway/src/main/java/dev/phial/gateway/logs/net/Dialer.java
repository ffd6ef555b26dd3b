package dev.phial.gateway.logs.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Connects to a destination, for a thread that may wait. The name is resolved anew each time. */
public final class Dialer {
  private static final int LOW_WATER = 256 << 10;
  private static final int HIGH_WATER = 1 << 20;

  private final String host;
  private final int port;
  private final @Nullable SslContext tls;
  private final EventLoopGroup loops;
  private final Duration timeout;

  /**
   * @param tls none for plaintext; otherwise the server's certificate must be for {@code host}
   * @param timeout for connecting, and once more for the handshake
   */
  public Dialer(
      String host, int port, @Nullable SslContext tls, EventLoopGroup loops, Duration timeout) {
    this.host = host;
    this.port = port;
    this.tls = tls;
    this.loops = loops;
    this.timeout = timeout;
  }

  /** The destination as HTTP's Host field names it. */
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /**
   * Connects. Blocks.
   *
   * @param handlers adds the connection's handlers
   * @throws IOException when it fails
   */
  public Channel connect(Consumer<ChannelPipeline> handlers)
      throws IOException, InterruptedException {
    ChannelFuture connected = new Bootstrap()
        .group(loops)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
        .option(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(LOW_WATER, HIGH_WATER))
        .option(ChannelOption.SO_KEEPALIVE, true)
        .handler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            if (tls != null) {
              SslHandler handler = tls.newHandler(channel.alloc(), host, port);
              handler.setHandshakeTimeoutMillis(timeout.toMillis());
              channel.pipeline().addLast(handler);
            }
            handlers.accept(channel.pipeline());
          }
        })
        .connect(InetSocketAddress.createUnresolved(host, port));
    Channel channel = connected.channel();
    finish(connected, channel);
    SslHandler handler = channel.pipeline().get(SslHandler.class);
    if (handler != null) {
      finish(handler.handshakeFuture(), channel);
    }
    return channel;
  }

  private void finish(Future<?> future, Channel channel) throws IOException, InterruptedException {
    boolean ended = future.await(2 * timeout.toMillis());
    if (!ended || !future.isSuccess()) {
      Closing.close(channel);
      Throwable cause = future.cause();
      throw new IOException(
          authority() + " cannot be reached" + (cause == null ? " in time" : ": " + cause), cause);
    }
  }
}
