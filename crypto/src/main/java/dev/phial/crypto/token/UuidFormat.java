package dev.phial.crypto.token;

import org.jspecify.annotations.Nullable;

/** UUIDs in their canonical lower-case form, as 32 hex digits. */
final class UuidFormat extends TokenFormat {
  private static final int DIGITS = 32;
  private static final int LENGTH = 36;

  UuidFormat() {
    super("uuid", Alphabet.HEX.radix());
  }

  @Override
  public void requireUsable(Marking marking) {
    // 16^32 values: usable both ways.
  }

  @Override
  public String domain() {
    return "a UUID in lower case, 8-4-4-4-12";
  }

  @Override
  @Nullable
  Written read(String value) {
    if (value.length() != LENGTH || !dashed(value)) {
      return null;
    }
    byte[] numerals = Alphabet.HEX.numerals(value.substring(0, 8)
        + value.substring(9, 13)
        + value.substring(14, 18)
        + value.substring(19, 23)
        + value.substring(24));
    return numerals == null ? null : new Written(numerals, 0);
  }

  private static boolean dashed(String value) {
    return value.charAt(8) == '-'
        && value.charAt(13) == '-'
        && value.charAt(18) == '-'
        && value.charAt(23) == '-';
  }

  @Override
  @Nullable
  String write(byte[] numerals, int shape) {
    if (numerals.length != DIGITS) {
      return null;
    }
    String hex = Alphabet.HEX.text(numerals);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  @Override
  String writeBody(byte[] numerals) {
    return Alphabet.HEX.text(numerals);
  }

  @Override
  byte @Nullable [] readBody(String body) {
    return Alphabet.HEX.numerals(body);
  }
}
