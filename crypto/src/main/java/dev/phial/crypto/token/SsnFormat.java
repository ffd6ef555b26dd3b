package dev.phial.crypto.token;

import org.jspecify.annotations.Nullable;

/**
 * US social security numbers, with or without their two dashes. Which areas, groups and serials are issued is not
 * modelled: to stay among them would need cycle walking, and tells an attacker nothing that matters.
 */
final class SsnFormat extends TokenFormat {
  private static final int DIGITS = 9;
  private static final int DASHED = 1;

  SsnFormat() {
    super("us-ssn", Alphabet.DIGITS.radix());
  }

  @Override
  public void requireUsable(Marking marking) {
    // 10^9 values: usable both ways.
  }

  @Override
  public String domain() {
    return "ddd-dd-dddd or 9 digits";
  }

  @Override
  int shapes() {
    return 2;
  }

  @Override
  @Nullable
  Written read(String value) {
    boolean dashed =
        value.length() == DIGITS + 2 && value.charAt(3) == '-' && value.charAt(6) == '-';
    String digits =
        dashed ? value.substring(0, 3) + value.substring(4, 6) + value.substring(7) : value;
    byte[] numerals = digits.length() == DIGITS ? Alphabet.DIGITS.numerals(digits) : null;
    return numerals == null ? null : new Written(numerals, dashed ? DASHED : 0);
  }

  @Override
  @Nullable
  String write(byte[] numerals, int shape) {
    if (numerals.length != DIGITS) {
      return null;
    }
    String digits = Alphabet.DIGITS.text(numerals);
    return shape == DASHED
        ? digits.substring(0, 3) + "-" + digits.substring(3, 5) + "-" + digits.substring(5)
        : digits;
  }

  @Override
  String writeBody(byte[] numerals) {
    return Alphabet.DIGITS.text(numerals);
  }

  @Override
  byte @Nullable [] readBody(String body) {
    return Alphabet.DIGITS.numerals(body);
  }
}
