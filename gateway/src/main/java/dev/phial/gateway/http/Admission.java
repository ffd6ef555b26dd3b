package dev.phial.gateway.http;

import dev.phial.gateway.auth.AuthenticationException;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.auth.Credentials;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.identity.PurposeOfUse;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides by its head whether a request may go on, step by step, the caller first. Thread-safe. */
final class Admission {
  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/=-]+)");

  private final Authenticator authenticator;
  private final Routes routes;

  Admission(Authenticator authenticator, Routes routes) {
    this.authenticator = authenticator;
    this.routes = routes;
  }

  /** Who calls and why. */
  Call authenticate(RequestHead head, List<X509Certificate> certificates, String requestId) {
    try {
      Caller caller = authenticator.authenticate(new Credentials(bearer(head), certificates));
      String purpose = PurposeOfUse.of(caller, head.fields().first(PurposeOfUse.HEADER))
          .orElseThrow(() -> new Refusal(
              403,
              "purpose-denied",
              "this caller may not claim the purpose of use in " + PurposeOfUse.HEADER));
      return new Call(caller, purpose, "http", requestId);
    } catch (AuthenticationException e) {
      throw new Refusal(401, "unauthenticated", String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> bearer(RequestHead head) {
    return head.fields().first("authorization").map(value -> {
      var matcher = BEARER.matcher(value);
      if (!matcher.matches()) {
        throw new AuthenticationException("Authorization is not a bearer token");
      }
      return matcher.group(1);
    });
  }

  /** Along which route the request goes. */
  Admitted route(Call call, RequestHead head) {
    RouteTable table = routes.current();
    Target target = TargetParser.parse(head.target());
    Route route = table.match(target.segments(), head.method());
    return new Admitted(call, head, target, route, table);
  }

  /** Refuses what the route does not take. */
  static void check(Admitted admitted) {
    RequestFields.check(admitted.head());
    QueryRules.check(admitted.target().query(), admitted.route().http());
    if (!admitted.head().body().empty()) {
      ContentRules.checkRequest(
          admitted.head().fields(), admitted.route().http().content());
    }
  }
}
