package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Misfit;
import java.text.Normalizer;

/** Says more exactly why a character is of no alphabet, where Unicode has rules of its own. */
final class Misfits {
  // Whoever sends megabytes in place of a name is told of their length only.
  private static final int LONGEST_EXPLAINED = 1024;

  private Misfits() {}

  static Misfit exact(Misfit misfit, String text) {
    if (text.length() > LONGEST_EXPLAINED) {
      return misfit;
    }
    if (hasUnpairedSurrogate(text)) {
      return Misfit.SURROGATE;
    }
    boolean decomposed =
        misfit == Misfit.ALPHABET && !Normalizer.isNormalized(text, Normalizer.Form.NFC);
    return decomposed ? Misfit.NOT_NFC : misfit;
  }

  // A code point that is a surrogate has found no other half.
  private static boolean hasUnpairedSurrogate(String text) {
    return text.codePoints().anyMatch(codePoint -> codePoint >= 0xD800 && codePoint <= 0xDFFF);
  }
}
