package dev.phial.gateway.auth;

import java.time.Duration;
import java.util.Set;

/**
 * What a token of the local issuer shall say.
 *
 * @param subject the caller's name in audit
 * @param tenant whose keys the caller works with
 * @param roles role names of the policy
 * @param purposes purposes of use the caller may claim
 * @param lifetime 1 second to 24 hours
 */
public record TokenRequest(
    String subject, String tenant, Set<String> roles, Set<String> purposes, Duration lifetime) {
  public static final Duration DEFAULT_LIFETIME = Duration.ofMinutes(15);
  public static final Duration MAX_LIFETIME = Duration.ofHours(24);

  public TokenRequest {
    if (subject.isBlank() || tenant.isBlank()) {
      throw new IllegalArgumentException("a token needs a subject and a tenant");
    }
    if (lifetime.toSeconds() < 1 || lifetime.compareTo(MAX_LIFETIME) > 0) {
      throw new IllegalArgumentException("a token lives 1 second to 24 hours");
    }
    roles = Set.copyOf(roles);
    purposes = Set.copyOf(purposes);
  }
}
