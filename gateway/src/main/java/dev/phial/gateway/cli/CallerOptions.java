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

/** As whom a command about data calls: a token that is given, or one made by the local issuer. */
final class CallerOptions {
  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "a file with the JWT to call with (default: $PHIAL_TOKEN, else one made by the local issuer)")
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

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "whose name a token of the local issuer bears (default: USER@localhost)")
  @Nullable
  String subject;

  /** The token to call with. */
  String token(
      String fittingRole, Map<String, String> environment, Supplier<GatewayConfig> config) {
    return GivenToken.in(tokenFile, environment, "PHIAL_TOKEN")
        .orElseGet(() -> mint(Realm.DATA, fittingRole, config.get()));
  }

  String mint(Realm realm, String fittingRole, GatewayConfig config) {
    Set<String> wanted = roles.isEmpty() ? Set.of(fittingRole) : new LinkedHashSet<>(roles);
    return LocalTokens.of(realm, config)
        .mint(new TokenRequest(
            LocalTokens.subject(subject),
            tenant,
            wanted,
            Set.of(purpose),
            TokenRequest.DEFAULT_LIFETIME));
  }
}
