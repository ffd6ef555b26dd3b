package dev.phial.gateway.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.NegotiationType;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A client's connection to a gateway: TCP or Unix socket, TLS or, on local addresses, plaintext. */
public final class GrpcClient implements AutoCloseable {
  // An answer can be larger than its request: tokens and digests are longer than values.
  private static final int MAX_MESSAGE = 64 << 20;
  private static final long CLOSE_SECONDS = 5;

  private final EventLoopGroup loops;
  private final ManagedChannel channel;

  /**
   * Connects with the first call.
   *
   * @throws IllegalArgumentException when plaintext would leave the machine
   */
  public GrpcClient(GrpcAddress address, Optional<SslContext> tls) {
    if (tls.isEmpty() && !address.local()) {
      throw new IllegalArgumentException(address
          + " is not on this machine: TLS is needed; name the server's CA, or a Unix socket");
    }
    this.loops = EventLoops.create("phial-grpc-client", 1);
    NettyChannelBuilder builder = builder(address)
        .eventLoopGroup(loops)
        .directExecutor()
        .maxInboundMessageSize(MAX_MESSAGE)
        // PHI goes to the address given and not through a proxy that some property names.
        .proxyDetector(target -> null);
    tls.ifPresentOrElse(
        context -> builder.negotiationType(NegotiationType.TLS).sslContext(context),
        builder::usePlaintext);
    this.channel = builder.build();
  }

  private static NettyChannelBuilder builder(GrpcAddress address) {
    if (address instanceof GrpcAddress.Tcp tcp) {
      return NettyChannelBuilder.forAddress(tcp.host(), tcp.port())
          .channelType(NioSocketChannel.class);
    }
    return NettyChannelBuilder.forAddress(address.socketAddress())
        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
        .overrideAuthority("localhost");
  }

  public ManagedChannel channel() {
    return channel;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    try {
      channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    EventLoops.stop(loops);
  }
}
