package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;

/** How values and tokens become FF1's numerals and back. */
sealed interface Coding permits PlainCoding, MarkedCoding {

  /** Takes a value apart. */
  Reading readValue(String value);

  /** The token that enciphered numerals stand for. */
  TokenOutcome writeToken(Written written);

  /** Takes a token apart. */
  Reading readToken(String token);

  /** The value that deciphered numerals stand for. */
  TokenOutcome writeValue(Written written);

  /** What to say of a text that is not a token. */
  TokenOutcome.Invalid notAToken(Misfit misfit);
}
