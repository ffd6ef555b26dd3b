package dev.phial.gateway.cli;

import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.config.GatewayConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** As whom a command of administration calls: a token that is given, or one made by the admin listener's local issuer. */
final class AdminCallerOptions {
  // Administration is not bound to a purpose; audit says this one.
  private static final String PURPOSE = "SYSADMIN";
  private static final String TENANT = "default";

  @Mixin
  LocalCallerOptions local = new LocalCallerOptions();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "a file with the administrator's JWT (default: $PHIAL_ADMIN_TOKEN, else one made by admin.auth.local_issuer)")
  @Nullable
  Path tokenFile;

  /** The token to call with. */
  String token(
      String fittingRole, Map<String, String> environment, Supplier<GatewayConfig> config) {
    return GivenToken.in(tokenFile, environment, "PHIAL_ADMIN_TOKEN")
        .orElseGet(() -> local.mint(Realm.ADMIN, TENANT, PURPOSE, fittingRole, config.get()));
  }
}
