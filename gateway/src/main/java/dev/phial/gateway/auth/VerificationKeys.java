package dev.phial.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.Provider;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;

/** An issuer's public keys at one moment. Immutable; thread-safe. */
public final class VerificationKeys {
  private static final int MAX_KEYS = 64;

  private final List<VerificationKey> keys;

  private VerificationKeys(List<VerificationKey> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Reads a JWK set (RFC 7517). Keys that are of no use for ES256, ES384, RS256 or PS256 are left out.
   *
   * @param json the set
   * @param provider what verifies
   * @throws IllegalArgumentException when it is not a JWK set, holds a private key, or leaves no key
   */
  public static VerificationKeys parse(String json, Provider provider) {
    try {
      return of(JWKSet.parse(json).getKeys(), provider);
    } catch (ParseException e) {
      // Without the cause: its message may quote the file.
      throw new IllegalArgumentException("is not a JSON Web Key Set (RFC 7517)");
    }
  }

  /** Reads one JWK, or a JWK set; otherwise as {@link #parse}. */
  public static VerificationKeys parseOne(String json, Provider provider) {
    try {
      return of(List.of(JWK.parse(json)), provider);
    } catch (ParseException e) {
      return parse(json, provider);
    }
  }

  static VerificationKeys of(List<JWK> jwks, Provider provider) {
    if (jwks.size() > MAX_KEYS) {
      throw new IllegalArgumentException("holds more than " + MAX_KEYS + " keys");
    }
    if (jwks.stream().anyMatch(JWK::isPrivate)) {
      throw new IllegalArgumentException(
          "holds a private or secret key; only public keys belong here");
    }
    List<VerificationKey> usable = new ArrayList<>();
    for (JWK jwk : jwks) {
      try {
        VerificationKey.of(jwk, provider).ifPresent(usable::add);
      } catch (JOSEException | RuntimeException | AssertionError e) {
        // The module's refusals may be Errors.
        throw new IllegalArgumentException("holds a key that the cryptographic module refuses");
      }
    }
    if (usable.isEmpty()) {
      throw new IllegalArgumentException(
          "holds no key for ES256 (P-256), ES384 (P-384), RS256 or PS256 (RSA of 2048 bits or more)");
    }
    return new VerificationKeys(usable);
  }

  /** Whether there is a key of this id. */
  boolean has(String id) {
    return keys.stream().anyMatch(key -> id.equals(key.id()));
  }

  /** Whether one of the keys made the signature. A key id in the header picks among the keys and does nothing else. */
  boolean verify(CompactJws jws) {
    return keys.stream().filter(key -> fits(key, jws.header())).anyMatch(jws::signedBy);
  }

  private static boolean fits(VerificationKey key, JWSHeader header) {
    boolean named = header.getKeyID() == null || header.getKeyID().equals(key.id());
    return named && key.algorithms().contains(header.getAlgorithm());
  }
}
