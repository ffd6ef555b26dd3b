package dev.phial.crypto.token;

/** Whether a token tells which key version made it (decision record 0005). */
public enum Marking {
  /** The token has exactly the format of its value. Who keeps the version is another's affair. */
  PLAIN,
  /** The token's text carries the version, and redundancy that detects a wrong key, tenant, element or context. */
  MARKED
}
