package dev.phial.gateway.grpc;

import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The server's sockets and the limits on what comes through them. */
final class ServerTransport {
  private final EventLoopGroup acceptor;
  private final EventLoopGroup workers;

  ServerTransport(String channel, int threads) {
    this.acceptor = EventLoops.create("phial-" + channel + "-accept", 1);
    this.workers = EventLoops.create("phial-" + channel, threads);
  }

  NettyServerBuilder builder(GrpcSettings settings, Optional<SslContext> tls) {
    NettyServerBuilder builder = NettyServerBuilder.forAddress(
            settings.address().socketAddress())
        .channelType(channelType(settings.address()))
        .bossEventLoopGroup(acceptor)
        .workerEventLoopGroup(workers)
        .directExecutor();
    tls.ifPresent(builder::sslContext);
    limit(builder, settings.limits());
    return builder;
  }

  private static Class<? extends ServerChannel> channelType(GrpcAddress address) {
    return address instanceof GrpcAddress.Unix
        ? NioServerDomainSocketChannel.class
        : NioServerSocketChannel.class;
  }

  private static void limit(NettyServerBuilder builder, GrpcLimits limits) {
    builder
        .maxInboundMessageSize(limits.maxMessageBytes())
        .maxInboundMetadataSize(limits.maxMetadataBytes())
        .maxConcurrentCallsPerConnection(limits.callsPerConnection())
        .maxRstFramesPerWindow(
            limits.resetsPerWindow(), Math.toIntExact(limits.resetWindow().toSeconds()))
        .keepAliveTime(limits.keepAliveTime().toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(limits.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveTime(limits.permitKeepAliveTime().toMillis(), TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(false)
        .maxConnectionIdle(limits.maxConnectionIdle().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs something once a second until the transport stops. */
  void everySecond(Runnable task) {
    acceptor.scheduleAtFixedRate(task, 1, 1, TimeUnit.SECONDS).addListener(end -> {});
  }

  void stop() {
    EventLoops.stop(acceptor);
    EventLoops.stop(workers);
  }
}
