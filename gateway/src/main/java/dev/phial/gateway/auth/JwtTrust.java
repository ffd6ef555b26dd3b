package dev.phial.gateway.auth;

import java.util.Set;

/**
 * An issuer of JWTs that is trusted.
 *
 * @param issuer what {@code iss} must be, exactly
 * @param audience what {@code aud} must contain
 * @param keys the issuer's public keys
 * @param notFor what {@code aud} must not contain: audiences with a trust of their own, apart from this one
 */
public record JwtTrust(String issuer, String audience, KeySource keys, Set<String> notFor) {
  public JwtTrust {
    notFor = Set.copyOf(notFor);
  }

  /** A trust that stands alone. */
  public JwtTrust(String issuer, String audience, KeySource keys) {
    this(issuer, audience, keys, Set.of());
  }
}
