package dev.phial.gateway.logs.net;

import dev.phial.gateway.logs.intake.LogObserver;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Listens for TCP or TLS connections. What is spoken on them is decided by the handlers it is given. */
public final class TcpListener implements Receiver {
  private static final int LEAST_READ = 2 << 10;
  private static final int FIRST_READ = 64 << 10;
  private static final int MOST_READ = 256 << 10;

  private final InetSocketAddress address;
  private final @Nullable SslContext tls;
  private final EventLoopGroup loops;
  private final Duration idle;
  private final LogObserver observer;
  private final Consumer<ChannelPipeline> handlers;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile @Nullable Channel listener;

  /**
   * @param idle after how long without a byte a connection gets an idle event
   * @param observer is told of senders whose handshake fails, such as those without a certificate
   * @param handlers adds a connection's handlers
   */
  public TcpListener(
      InetSocketAddress address,
      @Nullable SslContext tls,
      EventLoopGroup loops,
      Duration idle,
      LogObserver observer,
      Consumer<ChannelPipeline> handlers) {
    this.address = address;
    this.tls = tls;
    this.loops = loops;
    this.idle = idle;
    this.observer = observer;
    this.handlers = handlers;
  }

  @Override
  public CompletionStage<SocketAddress> start() {
    CompletableFuture<SocketAddress> started = new CompletableFuture<>();
    new ServerBootstrap()
        .group(loops)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1_024)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ))
        .childHandler(new ChannelInitializer<>() {
          @Override
          protected void initChannel(Channel channel) {
            accepted(channel);
          }
        })
        .bind(address)
        .addListener((ChannelFutureListener) bound -> {
          if (bound.isSuccess()) {
            listener = bound.channel();
            started.complete(bound.channel().localAddress());
          } else {
            started.completeExceptionally(bound.cause());
          }
        });
    return started;
  }

  private void accepted(Channel channel) {
    connections.add(channel);
    if (tls != null) {
      SslHandler handler = tls.newHandler(channel.alloc());
      handler.handshakeFuture().addListener(shaken -> {
        if (shaken.cause()
            instanceof SSLException) { // and not one who only looked whether we listen
          observer.refused("tls");
        }
      });
      channel.pipeline().addLast(handler);
    }
    channel.pipeline().addLast(new IdleStateHandler(0, 0, idle.toMillis(), TimeUnit.MILLISECONDS));
    handlers.accept(channel.pipeline());
  }

  @Override
  public CompletionStage<Void> stop(Duration grace) {
    Channel accepting = listener;
    if (accepting == null) {
      stopped.complete(null);
      return stopped;
    }
    accepting.close().addListener(closed -> drain(grace));
    return stopped;
  }

  private void drain(Duration grace) {
    for (Channel connection : connections) {
      connection
          .eventLoop()
          .execute(() -> connection.pipeline().fireUserEventTriggered(Drain.DRAIN));
    }
    connections.newCloseFuture().addListener(closed -> stopped.complete(null));
    var unused = loops.schedule(
        () -> connections.forEach(Closing::close), grace.toMillis(), TimeUnit.MILLISECONDS);
  }
}
