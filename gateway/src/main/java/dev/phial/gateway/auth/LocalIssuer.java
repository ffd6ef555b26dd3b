package dev.phial.gateway.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.phial.crypto.fips.FipsModule;
import java.nio.file.Path;
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
    DATA("phial-local", "phial", "auth local_issuer", "be any caller"),
    ADMIN("phial-local-admin", "phial-admin", "admin auth local_issuer", "be any administrator");

    private final String issuer;
    private final String audience;
    private final String setting;
    private final String power;

    Realm(String issuer, String audience, String setting, String power) {
      this.issuer = issuer;
      this.audience = audience;
      this.setting = setting;
      this.power = power;
    }

    /** What {@code iss} of a token is. */
    public String issuer() {
      return issuer;
    }

    /** What {@code aud} of a token is. */
    public String audience() {
      return audience;
    }

    private SigningKey.Use use() {
      return new SigningKey.Use(setting, power + ": it is for this one machine");
    }
  }

  private final Realm realm;
  private final SigningKey key;
  private final InstantSource clock;

  private LocalIssuer(Realm realm, SigningKey key, InstantSource clock) {
    this.realm = realm;
    this.key = key;
    this.clock = clock;
  }

  /**
   * Reads the key file.
   *
   * @throws IllegalArgumentException when it is not there, not readable by its owner only, or holds no such key
   */
  public static LocalIssuer open(Realm realm, Path file, FipsModule module, InstantSource clock) {
    return new LocalIssuer(realm, SigningKey.open(file, realm.use(), module), clock);
  }

  /** Reads the key file, or makes it with a new key and mode 0600. Two processes that start at once end up with one key. */
  public static LocalIssuer openOrCreate(
      Realm realm, Path file, FipsModule module, InstantSource clock) {
    return new LocalIssuer(realm, SigningKey.openOrCreate(file, realm.use(), module), clock);
  }

  /** What a gateway needs to take this issuer's tokens. */
  public JwtTrust trust() {
    VerificationKeys keys = key.publicKeys();
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
    return key.sign("JWT", claims.toString());
  }
}
