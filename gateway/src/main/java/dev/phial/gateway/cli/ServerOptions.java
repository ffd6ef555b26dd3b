package dev.phial.gateway.cli;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.config.Address;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TlsContexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which gateway a command calls, and as whom. */
final class ServerOptions {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @Mixin
  ConfigOptions config = new ConfigOptions();

  @Mixin
  CallerOptions caller = new CallerOptions();

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description = "the gateway's gRPC address, host:port or unix:/path (default: $PHIAL_SERVER, else the configuration's)")
  @Nullable
  String server;

  @Option(names = "--tls", description = "speak TLS; the default for addresses that are not of this machine")
  boolean tls;

  @Option(names = "--ca", paramLabel = "FILE", description = "PEM: who signs the gateway's certificate; means --tls")
  @Nullable
  Path ca;

  @Option(names = "--cert", paramLabel = "FILE", description = "PEM: the certificate to show; needs --key")
  @Nullable
  Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "PEM: its private key")
  @Nullable
  Path key;

  /** A channel on which every call carries the caller's token. Shut it down. */
  ManagedChannel connect(String fittingRole) {
    Map<String, String> environment = System.getenv();
    Address address = address(environment);
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + caller.token(fittingRole, environment, () -> config.load(environment).auth()));
    NettyChannelBuilder builder =
        address instanceof Address.Unix unix ? unix(unix.path()) : tcp((Address.Tcp) address);
    return builder
        .directExecutor()
        .intercept(MetadataUtils.newAttachHeadersInterceptor(headers))
        .build();
  }

  Address address(Map<String, String> environment) {
    String chosen = server == null ? environment.getOrDefault("PHIAL_SERVER", "") : server;
    if (!chosen.isEmpty()) {
      return Address.parse(chosen);
    }
    GatewayConfig loaded = config.load(environment);
    return loaded.listeners().grpc().address();
  }

  private NettyChannelBuilder tcp(Address.Tcp address) {
    NettyChannelBuilder builder = NettyChannelBuilder.forAddress(address.host(), address.port());
    return tls || ca != null || !address.local()
        ? builder.sslContext(new TlsContexts(FipsModule.start()).grpcClient(tlsFiles()))
        : builder.usePlaintext();
  }

  private static NettyChannelBuilder unix(Path socket) {
    EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, daemons(), NioIoHandler.newFactory());
    return NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
        .channelType(NioDomainSocketChannel.class)
        .eventLoopGroup(loop)
        .overrideAuthority("localhost")
        .usePlaintext();
  }

  private static java.util.concurrent.ThreadFactory daemons() {
    return task -> {
      Thread thread = new Thread(task, "phial-unix");
      thread.setDaemon(true);
      return thread;
    };
  }

  private ClientTlsFiles tlsFiles() {
    if ((certificate == null) != (key == null)) {
      throw new IllegalArgumentException("--cert and --key go together");
    }
    return new ClientTlsFiles(
        Optional.ofNullable(ca),
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new ClientTlsFiles.Identity(certificate, key)));
  }
}
