package dev.phial.gateway.policy;

import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.RandomTokens;
import dev.phial.crypto.token.TokenFormat;
import dev.phial.crypto.token.TokenFormatException;
import dev.phial.gateway.policy.Protection.KeyVersionMode;

/** Token formats as an element may have them. */
final class TokenFormats {
  private TokenFormats() {}

  /**
   * The format of a spec under a key version mode.
   *
   * @throws IllegalArgumentException when there is no such format, or it cannot be used so (FF1 needs 10^6 possible values),
   *     with advice
   */
  static TokenFormat parse(String spec, KeyVersionMode mode) {
    Marking marking = mode == KeyVersionMode.MARKED ? Marking.MARKED : Marking.PLAIN;
    try {
      return TokenFormat.parse(spec, marking);
    } catch (TokenFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * The format of a spec for random tokens, which need fewer possible values.
   *
   * @throws IllegalArgumentException when there is no such format, or it cannot be used so, with advice
   */
  static TokenFormat vaulted(String spec) {
    try {
      TokenFormat format = TokenFormat.parse(spec, Marking.MARKED);
      RandomTokens.requireUsable(format);
      return format;
    } catch (TokenFormatException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
