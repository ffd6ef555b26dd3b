package dev.phial.crypto.token;

import org.jspecify.annotations.Nullable;

/** How values and tokens become FF1's numerals and back. */
sealed interface Coding permits PlainCoding, MarkedCoding {

  /** A value's numerals; null when it does not fit the format. */
  @Nullable
  Written readValue(String value);

  /** The token that enciphered numerals stand for. */
  TokenOutcome writeToken(Written written);

  /** A token's numerals; null when it cannot be one. */
  @Nullable
  Written readToken(String token);

  /** The value that deciphered numerals stand for. */
  TokenOutcome writeValue(Written written);

  /** What to say of a text that is not a token. */
  TokenOutcome.Invalid notAToken();
}
