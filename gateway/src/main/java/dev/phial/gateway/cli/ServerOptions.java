package dev.phial.gateway.cli;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.grpc.GrpcAddress;
import dev.phial.gateway.grpc.GrpcClient;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TlsContexts;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContext;
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
      description =
          "the gateway's gRPC address, host:port or unix:/path (default: $PHIAL_SERVER, else the configuration's)")
  @Nullable
  String server;

  @Option(
      names = "--tls",
      description = "speak TLS; the default for addresses that are not of this machine")
  boolean tls;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM: who signs the gateway's certificate; means --tls")
  @Nullable
  Path ca;

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      description = "PEM: the certificate to show; needs --key")
  @Nullable
  Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "PEM: its private key")
  @Nullable
  Path key;

  /** A connection to the gateway. Close it. */
  GrpcClient connect() {
    return new GrpcClient(address(), tlsContext());
  }

  /** The metadata that says who calls. */
  ClientInterceptor credentials(String fittingRole) {
    Map<String, String> environment = System.getenv();
    Metadata headers = new Metadata();
    headers.put(
        AUTHORIZATION,
        "Bearer "
            + caller.token(
                fittingRole, environment, () -> config.load(environment).auth()));
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  GrpcAddress address() {
    Map<String, String> environment = System.getenv();
    String chosen = server == null ? environment.getOrDefault("PHIAL_SERVER", "") : server;
    return GrpcAddress.parse(
        chosen.isEmpty()
            ? config.load(environment).listeners().grpc().address().toString()
            : chosen);
  }

  private Optional<SslContext> tlsContext() {
    return tls || ca != null || !address().local()
        ? Optional.of(new TlsContexts(FipsModule.start()).grpcClient(tlsFiles()))
        : Optional.empty();
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
