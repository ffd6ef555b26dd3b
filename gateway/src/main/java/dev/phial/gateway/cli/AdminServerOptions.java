package dev.phial.gateway.cli;

import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.config.Listener;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which gateway a command of administration calls, and as whom. */
final class AdminServerOptions extends ServerOptions {
  @Mixin
  AdminCallerOptions caller = new AdminCallerOptions();

  @Option(
      names = "--server",
      paramLabel = "ADDRESS",
      description =
          "the gateway's admin address, host:port or unix:/path (default: $PHIAL_ADMIN_SERVER, else the configuration's listeners.admin)")
  @Nullable
  String server;

  @Override
  String given(Map<String, String> environment) {
    return server == null ? environment.getOrDefault("PHIAL_ADMIN_SERVER", "") : server;
  }

  @Override
  Listener listener(GatewayConfig config) {
    return config
        .listeners()
        .admin()
        .orElseThrow(
            () -> new CommandException(
                ExitCode.CONFIG,
                "the configuration has no listeners.admin, so a gateway that runs by it cannot be administered:"
                    + " add listeners.admin and the section admin, or name another gateway with --server"));
  }

  @Override
  String token(String fittingRole, Map<String, String> environment) {
    return caller.token(fittingRole, environment, () -> config.load(environment));
  }

  @Override
  String elsewhere() {
    return "administration is served at the address of listeners.admin (usually port 7444), not where data is:"
        + " give --server or PHIAL_ADMIN_SERVER the former";
  }
}
