package dev.phial.gateway.evidence;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.auth.AuthenticationException;
import dev.phial.gateway.auth.SignedText;
import dev.phial.gateway.auth.VerificationKeys;

/**
 * Verifies statements with public keys alone. Thread-safe.
 */
public final class StatementVerifier {
  /** The longest statement that is read, in characters. */
  public static final int MOST_CHARACTERS = 64 << 20;

  private final VerificationKeys keys;

  private StatementVerifier(VerificationKeys keys) {
    this.keys = keys;
  }

  /**
   * A verifier with the public key of a gateway, or of several.
   *
   * @param jwk a JWK or a JWK set
   * @throws IllegalArgumentException when it is neither, holds a private key or no key of use
   */
  public static StatementVerifier of(String jwk, FipsModule module) {
    return new StatementVerifier(VerificationKeys.parseOne(jwk, module.provider()));
  }

  /** A verifier with the public half of this gateway's own key. */
  public static StatementVerifier of(Evidence evidence, FipsModule module) {
    return of(evidence.publicKey(), module);
  }

  /** Verifies a statement; white space around it does not count. */
  public Verdict verify(String statement) {
    try {
      SignedText text =
          SignedText.verify(statement.strip(), MOST_CHARACTERS, StatementKind.types(), keys);
      return StatementKind.ofType(text.type())
          .<Verdict>map(kind -> new Verdict.Authentic(kind, text.keyId(), text.payload()))
          .orElseGet(() -> new Verdict.NotAuthentic("it is of no kind that is known here"));
    } catch (AuthenticationException e) {
      return new Verdict.NotAuthentic(String.valueOf(e.getMessage()));
    }
  }
}
