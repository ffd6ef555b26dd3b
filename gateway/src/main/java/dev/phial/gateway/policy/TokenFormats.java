package dev.phial.gateway.policy;

import dev.phial.crypto.token.TokenFormat;
import dev.phial.gateway.policy.Protection.KeyVersionMode;

/** Token formats as an element may have them. */
final class TokenFormats {
  private TokenFormats() {}

  /**
   * The format of a spec under a key version mode.
   *
   * @throws IllegalArgumentException when there is no such format, or it holds fewer than 10^6 values, with advice
   */
  static TokenFormat parse(String spec, KeyVersionMode mode) {
    if (spec.equals("text") && mode != KeyVersionMode.MARKED) {
      throw new IllegalArgumentException(
          "the format text needs key_version: marked; its tokens have room for the mark");
    }
    return TokenFormat.parse(spec);
  }
}
