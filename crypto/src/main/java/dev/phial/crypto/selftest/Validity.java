package dev.phial.crypto.selftest;

/** What a vector's publisher says of it. */
public enum Validity {
  /** Its answer must come out, unless it is outside of what the build takes. */
  VALID,
  /** It must be refused. */
  INVALID,
  /** It may be refused; if it is answered, then with the published answer. */
  ACCEPTABLE
}
