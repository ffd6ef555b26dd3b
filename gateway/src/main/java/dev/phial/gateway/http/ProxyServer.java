package dev.phial.gateway.http;

import dev.phial.gateway.transform.BodyTransformers;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP/1.1 reverse proxy. It starts once and stops once.
 *
 * <p>A Unix domain socket's file is made by {@link #start} and removed by {@link #stop}; who may connect is decided by the
 * permissions of the directory that it lies in.
 *
 * <p>Thread-safe.
 */
public final class ProxyServer {
  private final ProxySettings settings;
  private final EventLoopGroup loops;
  private final ChannelGroup clients = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final ProxyContext context;
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();
  private volatile @Nullable Channel listener;

  public ProxyServer(ProxySettings settings, ProxyParts parts) {
    this.settings = settings;
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors());
    this.loops = new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("phial-http", true), NioIoHandler.newFactory());
    this.context = new ProxyContext(
        settings,
        new RequestIds(new SecureRandom()),
        new Admission(parts.authenticator(), new Routes(parts.policy())),
        new TargetProtection(parts.engine()),
        new BodyTransformers(parts.engine(), settings.bodies(), parts.largeBodies()),
        new UpstreamPools(parts.upstreams(), settings.timeouts(), threads),
        parts.audit(),
        parts.observer());
  }

  /** Starts to listen. The stage gives the bound address, or fails when it cannot be bound. */
  public CompletionStage<SocketAddress> start() {
    CompletableFuture<SocketAddress> started = new CompletableFuture<>();
    new ServerBootstrap()
        .group(loops)
        .channel(channelType())
        .option(ChannelOption.SO_BACKLOG, 1_024)
        .childOption(ChannelOption.AUTO_READ, false)
        .childHandler(new ClientInitializer(context, clients))
        .bind(settings.listen())
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

  private Class<? extends ServerChannel> channelType() {
    return settings.listen() instanceof UnixDomainSocketAddress
        ? NioServerDomainSocketChannel.class
        : NioServerSocketChannel.class;
  }

  /**
   * Stops to accept, lets requests under way end, and closes. The stage completes when all is closed, soon after
   * {@code grace} at the latest.
   */
  public CompletionStage<Void> stop(Duration grace) {
    if (stopping.compareAndSet(false, true)) {
      Channel accepting = listener;
      if (accepting == null) {
        shutDown();
      } else {
        accepting.close().addListener(closed -> {
          var unused = settled().thenRun(() -> drain(grace));
        });
      }
    }
    return stopped;
  }

  /** Connections that were accepted last may still wait to be registered, each in the queue of its loop. */
  private CompletableFuture<Void> settled() {
    return CompletableFuture.allOf(StreamSupport.stream(loops.spliterator(), false)
        .map(loop -> CompletableFuture.runAsync(() -> {}, loop))
        .toArray(CompletableFuture<?>[]::new));
  }

  private void drain(Duration grace) {
    SocketFile.remove(settings.listen());
    for (Channel client : clients) {
      client
          .eventLoop()
          .execute(() -> client.pipeline().fireUserEventTriggered(ClientConnection.Drain.DRAIN));
    }
    clients.newCloseFuture().addListener(closed -> shutDown());
    var unused = loops.schedule(
        () -> clients.forEach(Closing::close), grace.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void shutDown() {
    loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).addListener(done -> stopped.complete(null));
  }
}
