package dev.phial.gateway.auth;

import java.time.Instant;

/** When a token counts: RFC 7519, sections 4.1.4 to 4.1.6, with a bound on how long it may live. */
record ClaimRules(JwtLimits limits) {

  void check(Claims claims, JwtTrust trust, Instant now) {
    if (!claims.meantFor(trust.audience())) {
      throw new AuthenticationException("the token is not meant for this gateway (aud)");
    }
    if (trust.notFor().stream().anyMatch(claims::meantFor)) {
      throw new AuthenticationException(
          "the token is good for data and for administration at once (aud); get one for each");
    }
    current(claims, now);
    Instant from = claims.issuedAt().filter(issued -> issued.isBefore(now)).orElse(now);
    if (claims.expires().isAfter(from.plus(limits.maxLifetime()))) {
      throw new AuthenticationException(
          "the token lives longer than " + limits.maxLifetime().toMinutes() + " minutes");
    }
  }

  void current(Claims claims, Instant now) {
    if (!now.isBefore(claims.expires().plus(limits.leeway()))) {
      throw new AuthenticationException("the token has expired");
    }
    Instant soon = now.plus(limits.leeway());
    if (claims.notBefore().filter(soon::isBefore).isPresent()
        || claims.issuedAt().filter(soon::isBefore).isPresent()) {
      throw new AuthenticationException("the token is not valid yet");
    }
  }
}
