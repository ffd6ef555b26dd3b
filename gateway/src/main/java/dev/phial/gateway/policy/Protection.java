package dev.phial.gateway.policy;

import dev.phial.crypto.token.TokenFormat;

/** How an element is protected. */
public sealed interface Protection {

  /**
   * Reversible replacement that keeps a format, by FF1.
   *
   * @param format what is accepted and kept
   * @param keyVersion how a token's key version is known (decision record 0005)
   */
  record Tokenize(TokenFormat format, KeyVersionMode keyVersion) implements Protection {}

  /**
   * Authenticated random encryption.
   *
   * @param form how the ciphertext is written
   * @param indexed whether a keyed digest for equality search is made beside it
   */
  record Encrypt(SealedForm form, boolean indexed) implements Protection {}

  /** Removed for good: nothing is stored, nothing can be revealed. */
  record Redact() implements Protection {}

  /** How the key version of a token is known. */
  enum KeyVersionMode {
    /** All tokens of the element stay on one version until a retokenize job has finished. */
    PINNED,
    /** The token's own text carries it, with redundancy that detects a wrong key. */
    MARKED,
    /** The caller keeps it beside the token and gives it back. */
    BESIDE
  }

  /** How a ciphertext is written. */
  enum SealedForm {
    /** {@code phial:v1:} and base64url: for text fields. */
    TEXT,
    /** Standard base64 with padding, for fields that must hold base64. */
    BASE64
  }
}
