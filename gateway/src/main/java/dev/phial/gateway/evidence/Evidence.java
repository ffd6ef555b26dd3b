package dev.phial.gateway.evidence;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.auth.SigningKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;

/**
 * Signs statements with the gateway's evidence key: JWS in compact form (RFC 7515), ES256, its {@code typ} the statement's kind,
 * its payload claims (RFC 7519) in the canonical form of RFC 8785. Who holds the public key can verify them ({@link
 * StatementVerifier}), and nobody who holds only that can make one.
 *
 * <p>Thread-safe.
 */
public final class Evidence {
  /** What {@code iss} of every statement is. */
  static final String ISSUER = "phial";

  private static final SigningKey.Use USE =
      new SigningKey.Use("evidence key", "sign statements in this gateway's name");

  private final SigningKey key;
  private final InstantSource clock;

  private Evidence(SigningKey key, InstantSource clock) {
    this.key = key;
    this.clock = clock;
  }

  /**
   * Reads the key file.
   *
   * @throws IllegalArgumentException when it is not there, not readable by its owner only, or holds no P-256 key
   */
  public static Evidence open(Path file, FipsModule module, InstantSource clock) {
    return new Evidence(SigningKey.open(file, USE, module), clock);
  }

  /** Reads the key file, or makes it with a new key and mode 0600. Two processes that start at once end up with one key. */
  public static Evidence openOrCreate(Path file, FipsModule module, InstantSource clock) {
    return new Evidence(SigningKey.openOrCreate(file, USE, module), clock);
  }

  /** The key's id, which every statement names. */
  public String keyId() {
    return key.id();
  }

  /** The public half of the key, as a JWK (RFC 7517): for those who verify. */
  public String publicKey() {
    return key.publicJwk();
  }

  /** Signs a statement, now. The answer is one line of ASCII. */
  public String sign(Statement statement) {
    Map<String, Object> claims = Map.of(
        "iss", ISSUER,
        "iat", clock.instant().getEpochSecond(),
        "jti", UUID.randomUUID().toString(),
        "version", statement.version(),
        "facts", statement.facts());
    return key.sign(statement.kind().type(), CanonicalJson.of(claims));
  }
}
