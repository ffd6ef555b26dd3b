package dev.phial.gateway.cli;

import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.auth.TokenRequest;
import dev.phial.gateway.config.GatewayConfig;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a token of a local issuer says of its bearer. */
final class LocalCallerOptions {
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

  String mint(
      Realm realm, String tenant, String purpose, String fittingRole, GatewayConfig config) {
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
