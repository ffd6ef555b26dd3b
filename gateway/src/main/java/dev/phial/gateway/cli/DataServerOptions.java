package dev.phial.gateway.cli;

import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.config.Listener;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which gateway a command about data calls, and as whom. */
final class DataServerOptions extends ServerOptions {
  @Mixin
  CallerOptions caller = new CallerOptions();

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description =
          "the gateway's gRPC address, host:port or unix:/path (default: $PHIAL_SERVER, else the configuration's)")
  @Nullable
  String server;

  @Override
  String given(Map<String, String> environment) {
    return server == null ? environment.getOrDefault("PHIAL_SERVER", "") : server;
  }

  @Override
  Listener listener(GatewayConfig config) {
    return config.listeners().grpc();
  }

  @Override
  String token(String fittingRole, Map<String, String> environment) {
    return caller.token(fittingRole, environment, () -> config.load(environment));
  }

  @Override
  String elsewhere() {
    return "data is served at the address of listeners.grpc (usually port 7443), administration at another:"
        + " give --server or PHIAL_SERVER the former";
  }
}
