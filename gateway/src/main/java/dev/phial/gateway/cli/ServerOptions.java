package dev.phial.gateway.cli;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.config.Listener;
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
abstract class ServerOptions {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @Mixin
  ConfigOptions config = new ConfigOptions();

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

  /** The address that was given, empty when none was. */
  abstract String given(Map<String, String> environment);

  /** The listener of the configuration that is called when no address was given. */
  abstract Listener listener(GatewayConfig config);

  /** The token to call with. */
  abstract String token(String fittingRole, Map<String, String> environment);

  /** What to say of a service that is not there. */
  abstract String elsewhere();

  /** A connection to the gateway. Close it. */
  final GrpcClient connect() {
    return new GrpcClient(address(), tlsContext());
  }

  /** The metadata that says who calls. */
  final ClientInterceptor credentials(String fittingRole) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token(fittingRole, System.getenv()));
    return MetadataUtils.newAttachHeadersInterceptor(headers);
  }

  final GrpcAddress address() {
    Map<String, String> environment = System.getenv();
    String chosen = given(environment);
    return GrpcAddress.parse(
        chosen.isEmpty() ? listener(config.load(environment)).address().toString() : chosen);
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
