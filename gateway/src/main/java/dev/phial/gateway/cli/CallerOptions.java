package dev.phial.gateway.cli;

import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.config.GatewayConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** As whom a command about data calls: a token that is given, or one made by the local issuer. */
final class CallerOptions {
  @Mixin
  LocalCallerOptions local = new LocalCallerOptions();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "a file with the JWT to call with (default: $PHIAL_TOKEN, else one made by the local issuer)")
  @Nullable
  Path tokenFile;

  @Option(
      names = "--purpose",
      paramLabel = "CODE",
      defaultValue = "TREAT",
      description = "purpose of use for a token of the local issuer (default: ${DEFAULT-VALUE})")
  String purpose = "TREAT";

  @Option(
      names = "--as-tenant",
      paramLabel = "TENANT",
      defaultValue = "default",
      description = "tenant for a token of the local issuer (default: ${DEFAULT-VALUE})")
  String tenant = "default";

  /** The token to call with. */
  String token(
      String fittingRole, Map<String, String> environment, Supplier<GatewayConfig> config) {
    return GivenToken.in(tokenFile, environment, "PHIAL_TOKEN")
        .orElseGet(() -> mint(Realm.DATA, fittingRole, config.get()));
  }

  String mint(Realm realm, String fittingRole, GatewayConfig config) {
    return local.mint(realm, tenant, purpose, fittingRole, config);
  }
}
