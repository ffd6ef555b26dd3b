package dev.phial.gateway.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one upstream: reused last in first out, bounded, made to the configured address only.
 * A request that failed is never sent again: whether the upstream acted on it cannot be known.
 */
final class UpstreamPool {
  private final Upstream upstream;
  private final EventLoop loop;
  private final ProxySettings.Timeouts timeouts;
  private final int max;
  private final Deque<UpstreamConnection> idle = new ArrayDeque<>();
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private int open;

  /** Someone who waits for a connection. */
  private static final class Waiter {
    private final Consumer<UpstreamConnection> then;
    private final Consumer<Refusal> failed;
    private @Nullable Future<?> timer;

    Waiter(Consumer<UpstreamConnection> then, Consumer<Refusal> failed) {
      this.then = then;
      this.failed = failed;
    }
  }

  UpstreamPool(Upstream upstream, EventLoop loop, ProxySettings.Timeouts timeouts, int max) {
    this.upstream = upstream;
    this.loop = loop;
    this.timeouts = timeouts;
    this.max = max;
  }

  Upstream upstream() {
    return upstream;
  }

  /** Gives a connection, now or soon, or says why there is none. */
  void acquire(Consumer<UpstreamConnection> then, Consumer<Refusal> failed) {
    UpstreamConnection resting = idle.pollFirst();
    while (resting != null && !resting.usable()) {
      resting = idle.pollFirst();
    }
    if (resting != null) {
      then.accept(resting);
    } else if (open < max) {
      connect(then, failed);
    } else {
      await(new Waiter(then, failed));
    }
  }

  private void await(Waiter waiter) {
    waiters.addLast(waiter);
    waiter.timer = loop.schedule(
        () -> {
          if (waiters.remove(waiter)) {
            waiter.failed.accept(new Refusal(
                503,
                "upstream-busy",
                "all connections to upstream " + upstream.name()
                    + " are in use; allow more, or try again"));
          }
        },
        timeouts.connect().toMillis(),
        TimeUnit.MILLISECONDS);
  }

  private void connect(Consumer<UpstreamConnection> then, Consumer<Refusal> failed) {
    open++;
    ResponseDecoder decoder = new ResponseDecoder();
    UpstreamConnection connection = new UpstreamConnection(this, decoder, timeouts);
    new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeouts.connect().toMillis())
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            fill(channel, decoder, connection);
          }
        })
        .connect(upstream.address())
        .addListener((io.netty.channel.ChannelFutureListener) connected -> {
          if (connected.isSuccess()) {
            secured(connected.channel(), connection, then, failed);
          } else {
            open--;
            failed.accept(unreachable());
            serveNext();
          }
        });
  }

  private void fill(Channel channel, ResponseDecoder decoder, UpstreamConnection connection) {
    ChannelPipeline pipeline = channel.pipeline();
    SslContext tls = upstream.tls();
    if (tls != null) {
      SslHandler handler = tls.newHandler(
          channel.alloc(), host(upstream.authority()), upstream.address().getPort());
      handler.setHandshakeTimeoutMillis(timeouts.connect().toMillis());
      pipeline.addLast("tls", handler);
    }
    pipeline.addLast(
        "write-timeout",
        new WriteTimeoutHandler(timeouts.write().toMillis(), TimeUnit.MILLISECONDS));
    pipeline.addLast("codec", decoder);
    pipeline.addLast("upstream", connection);
  }

  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  private void secured(
      Channel channel,
      UpstreamConnection connection,
      Consumer<UpstreamConnection> then,
      Consumer<Refusal> failed) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      then.accept(connection);
      return;
    }
    tls.handshakeFuture().addListener(handshake -> {
      if (handshake.isSuccess()) {
        then.accept(connection);
      } else {
        Closing.close(channel);
        failed.accept(unreachable());
      }
    });
  }

  private Refusal unreachable() {
    return new Refusal(
        502,
        "upstream-unreachable",
        "upstream " + upstream.name()
            + " cannot be connected to; see its address and TLS settings in the configuration");
  }

  /** Takes a connection back that can be used again. */
  void release(UpstreamConnection connection) {
    idle.addFirst(connection);
    connection.rest();
    serveNext();
  }

  /** A connection has ended. */
  void closed(UpstreamConnection connection) {
    idle.remove(connection);
    open--;
    serveNext();
  }

  private void serveNext() {
    if (!waiters.isEmpty() && (!idle.isEmpty() || open < max)) {
      Waiter next = waiters.removeFirst();
      if (next.timer != null) {
        next.timer.cancel(false);
      }
      acquire(next.then, next.failed);
    }
  }
}
