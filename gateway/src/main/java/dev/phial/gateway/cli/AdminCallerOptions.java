package dev.phial.gateway.cli;

import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.auth.TokenRequest;
import dev.phial.gateway.config.GatewayConfig;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As whom a command of administration calls: a token that is given, or one made by the admin listener's local issuer. */
final class AdminCallerOptions {
  // Administration is not bound to a purpose; audit says this one.
  private static final String PURPOSE = "SYSADMIN";
  private static final String TENANT = "default";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "a file with the administrator's JWT (default: $PHIAL_ADMIN_TOKEN, else one made by admin.auth.local_issuer)")
  @Nullable
  Path tokenFile;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      split = ",",
      description =
          "roles for a token of the local issuer (default: the one that fits the command)")
  List<String> roles = List.of();

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "whose name a token of the local issuer bears (default: USER@localhost)")
  @Nullable
  String subject;

  /** The token to call with. */
  String token(
      String fittingRole, Map<String, String> environment, Supplier<GatewayConfig> config) {
    return GivenToken.in(tokenFile, environment, "PHIAL_ADMIN_TOKEN")
        .orElseGet(() -> mint(fittingRole, config.get()));
  }

  private String mint(String fittingRole, GatewayConfig config) {
    Set<String> wanted = roles.isEmpty() ? Set.of(fittingRole) : new LinkedHashSet<>(roles);
    return LocalTokens.of(Realm.ADMIN, config)
        .mint(new TokenRequest(
            LocalTokens.subject(subject),
            TENANT,
            wanted,
            Set.of(PURPOSE),
            TokenRequest.DEFAULT_LIFETIME));
  }
}
