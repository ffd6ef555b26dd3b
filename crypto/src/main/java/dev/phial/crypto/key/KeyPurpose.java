package dev.phial.crypto.key;

/** What a keyset is for. A key made for one purpose is never used for another. */
public enum KeyPurpose {
  /** Envelope encryption. */
  ENCRYPT,
  /** FF1 tokens. */
  TOKENIZE,
  /** Keyed digests for equality search. */
  INDEX
}
