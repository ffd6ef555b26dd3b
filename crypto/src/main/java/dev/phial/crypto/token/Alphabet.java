package dev.phial.crypto.token;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An ordered set of ASCII symbols; a symbol's place is its numeral. Frozen: another order would change every token.
 */
enum Alphabet {
  DIGITS("digits", "digits", "0123456789"),
  ALNUM(
      "alnum",
      "characters of 0-9A-Za-z",
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
  ALNUM_UPPER("alnum-upper", "characters of 0-9A-Z", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
  ALNUM_LOWER("alnum-lower", "characters of 0-9a-z", "0123456789abcdefghijklmnopqrstuvwxyz"),
  HEX("hex", "characters of 0-9a-f", "0123456789abcdef");

  private final String kind;
  private final String inWords;
  private final String symbols;

  Alphabet(String kind, String inWords, String symbols) {
    this.kind = kind;
    this.inWords = inWords;
    this.symbols = symbols;
  }

  static @Nullable Alphabet named(String kind) {
    return Arrays.stream(values()).filter(a -> a.kind.equals(kind)).findFirst().orElse(null);
  }

  int radix() {
    return symbols.length();
  }

  String inWords() {
    return inWords;
  }

  /** The numerals of a text; null when a character is not of this alphabet. */
  byte @Nullable [] numerals(String text) {
    byte[] numerals = new byte[text.length()];
    for (int i = 0; i < numerals.length; i++) {
      int numeral = numeral(text.charAt(i));
      if (numeral < 0) {
        return null;
      }
      numerals[i] = (byte) numeral;
    }
    return numerals;
  }

  private int numeral(char symbol) {
    if (symbol >= '0' && symbol <= '9') {
      return symbol - '0';
    }
    return this == DIGITS ? -1 : symbols.indexOf(symbol);
  }

  String text(byte[] numerals) {
    char[] text = new char[numerals.length];
    for (int i = 0; i < text.length; i++) {
      text[i] = symbols.charAt(numerals[i]);
    }
    return new String(text);
  }
}
