package dev.phial.gateway.auth;

import java.time.Duration;

/**
 * What is taken of a JWT.
 *
 * @param maxCharacters length of the compact form
 * @param leeway how far clocks may differ; a minute at most
 * @param maxLifetime from {@code iat} (or, without it, from now) to {@code exp}
 * @param cachedTokens how many verified tokens are remembered
 */
public record JwtLimits(
    int maxCharacters, Duration leeway, Duration maxLifetime, int cachedTokens) {
  public static final JwtLimits DEFAULTS =
      new JwtLimits(8_192, Duration.ofSeconds(60), Duration.ofHours(24), 10_000);

  public JwtLimits {
    if (leeway.isNegative() || leeway.compareTo(Duration.ofSeconds(60)) > 0) {
      throw new IllegalArgumentException("the leeway is between 0 and 60 seconds");
    }
    if (maxCharacters < 1 || maxLifetime.isNegative() || cachedTokens < 0) {
      throw new IllegalArgumentException("limits of a JWT are positive");
    }
  }
}
