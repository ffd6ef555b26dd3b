package dev.phial.crypto.token;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Formats of letters alone, after the classes of patterns. */
enum LetterClass {
  LETTERS("letters", "L", "letters A-Z and a-z"),
  LETTERS_UPPER("letters-upper", "A", "letters A-Z"),
  LETTERS_LOWER("letters-lower", "a", "letters a-z"),
  LATIN("latin", "latin", "Latin letters, precomposed (NFC)"),
  GREEK("greek", "greek", "Greek letters, precomposed (NFC)"),
  CYRILLIC("cyrillic", "cyrillic", "Cyrillic letters, precomposed (NFC)");

  private final String kind;
  private final String classOfPatterns;
  private final String inWords;

  LetterClass(String kind, String classOfPatterns, String inWords) {
    this.kind = kind;
    this.classOfPatterns = classOfPatterns;
    this.inWords = inWords;
  }

  static @Nullable LetterClass named(String kind) {
    return Arrays.stream(values()).filter(c -> c.kind.equals(kind)).findFirst().orElse(null);
  }

  TokenFormat format(String spec, LengthRange lengths) {
    return PatternFormat.letters(spec, classOfPatterns, lengths, inWords);
  }
}
