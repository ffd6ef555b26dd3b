package dev.phial.gateway.auth;

/**
 * An issuer of JWTs that is trusted.
 *
 * @param issuer what {@code iss} must be, exactly
 * @param audience what {@code aud} must contain
 * @param keys the issuer's public keys
 */
public record JwtTrust(String issuer, String audience, KeySource keys) {}
