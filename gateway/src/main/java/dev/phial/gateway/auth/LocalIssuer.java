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
  /** What {@code iss} of its tokens is. */
  public static final String ISSUER = "phial-local";

  /** What {@code aud} of its tokens is. */
  public static final String AUDIENCE = "phial";

  private static final SigningKey.Use USE =
      new SigningKey.Use("auth local_issuer", "be any caller: it is for this one machine");

  private final SigningKey key;
  private final InstantSource clock;

  private LocalIssuer(SigningKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Reads the key file.
   *
   * @throws IllegalArgumentException when it is not there, not readable by its owner only, or holds no such key
   */
  public static LocalIssuer open(Path file, FipsModule module, InstantSource clock) {
    return new LocalIssuer(SigningKey.open(file, USE, module), clock);
  }

  /** Reads the key file, or makes it with a new key and mode 0600. Two processes that start at once end up with one key. */
  public static LocalIssuer openOrCreate(Path file, FipsModule module, InstantSource clock) {
    return new LocalIssuer(SigningKey.openOrCreate(file, USE, module), clock);
  }

  /** What a gateway needs to take this issuer's tokens. */
  public JwtTrust trust() {
    VerificationKeys keys = key.publicKeys();
    return new JwtTrust(ISSUER, AUDIENCE, () -> keys);
  }

  /** A new token, in compact form. */
  public String mint(TokenRequest request) {
    Instant now = clock.instant();
    JWTClaimsSet claims = new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience(AUDIENCE)
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
