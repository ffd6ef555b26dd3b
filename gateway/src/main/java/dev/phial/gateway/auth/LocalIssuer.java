package dev.phial.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.phial.crypto.fips.FipsModule;
import java.nio.file.Path;
import java.security.Provider;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/**
 * Issues short-lived tokens for one machine, signed with a P-256 key in a file: whoever can read the file can be any caller, so only
 * its owner can. For development and for the {@code phial} command beside a gateway; an organization uses its own issuer.
 *
 * <p>Thread-safe.
 */
public final class LocalIssuer {
  /** What tokens are for. Those of one realm are no tokens of the other, whoever has signed them. */
  public enum Realm {
    DATA("phial-local", "phial"),
    ADMIN("phial-local-admin", "phial-admin");

    private final String issuer;
    private final String audience;

    Realm(String issuer, String audience) {
      this.issuer = issuer;
      this.audience = audience;
    }

    /** What {@code iss} of a token is. */
    public String issuer() {
      return issuer;
    }

    /** What {@code aud} of a token is. */
    public String audience() {
      return audience;
    }
  }

  private final Realm realm;
  private final ECKey key;
  private final Provider provider;
  private final InstantSource clock;

  private LocalIssuer(Realm realm, ECKey key, Provider provider, InstantSource clock) {
    this.realm = realm;
    this.key = key;
    this.provider = provider;
    this.clock = clock;
  }

  /**
   * Reads the key file.
   *
   * @throws IllegalArgumentException when it is not there, not readable by its owner only, or holds no such key
   */
  public static LocalIssuer open(Realm realm, Path file, FipsModule module, InstantSource clock) {
    return new LocalIssuer(realm, new IssuerKeyFile(file).read(), module.provider(), clock);
  }

  /** Reads the key file, or makes it with a new key and mode 0600. Two processes that start at once end up with one key. */
  public static LocalIssuer openOrCreate(
      Realm realm, Path file, FipsModule module, InstantSource clock) {
    return new LocalIssuer(
        realm, new IssuerKeyFile(file).readOrCreate(module.provider()), module.provider(), clock);
  }

  /** What a gateway needs to take this issuer's tokens. */
  public JwtTrust trust() {
    VerificationKeys keys = VerificationKeys.of(List.of(key.toPublicJWK()), provider);
    return new JwtTrust(realm.issuer(), realm.audience(), () -> keys);
  }

  /** A new token, in compact form. */
  public String mint(TokenRequest request) {
    Instant now = clock.instant();
    JWTClaimsSet claims = new JWTClaimsSet.Builder()
        .issuer(realm.issuer())
        .audience(realm.audience())
        .subject(request.subject())
        .claim("tenant", request.tenant())
        .claim("roles", List.copyOf(request.roles()))
        .claim("purposes", List.copyOf(request.purposes()))
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plus(request.lifetime())))
        .jwtID(UUID.randomUUID().toString())
        .build();
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
        .type(JOSEObjectType.JWT)
        .keyID(key.getKeyID())
        .build();
    return sign(new SignedJWT(header, claims));
  }

  private String sign(SignedJWT token) {
    try {
      ECDSASigner signer = new ECDSASigner(key.toECPrivateKey(provider));
      signer.getJCAContext().setProvider(provider);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException | AssertionError e) {
      throw new IllegalStateException("the cryptographic module could not sign the token", e);
    }
  }
}
