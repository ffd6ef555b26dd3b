package dev.phial.gateway.grpc;

import dev.phial.gateway.auth.AuthenticationException;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.auth.Credentials;
import dev.phial.gateway.identity.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Knows callers by tokens that it holds in a table. */
final class TokenTable implements Authenticator {
  private static final Map<String, Caller> CALLERS = Map.of(
      "clinician", caller("dr-achterberg", "north", "clinician", Set.of("TREAT")),
      "clinician-two", caller("dr-achterberg", "north", "clinician", Set.of("TREAT", "HPAYMT")),
      "stranger", caller("dr-brzezinski", "south", "clinician", Set.of("TREAT")),
      "application", caller("intake", "north", "application", Set.of("TREAT")),
      "support", caller("helpdesk", "north", "support", Set.of("HOPERAT")),
      "officer", caller("officer", "north", "security-officer", Set.of()));

  private static Caller caller(String subject, String tenant, String role, Set<String> purposes) {
    return new Caller(subject, tenant, Set.of(role), purposes, Caller.Method.JWT);
  }

  @Override
  public Caller authenticate(Credentials credentials) {
    return credentials
        .bearerToken()
        .flatMap(token -> Optional.ofNullable(CALLERS.get(token)))
        .orElseThrow(() -> new AuthenticationException("no token of the table"));
  }
}
