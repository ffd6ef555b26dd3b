package dev.phial.crypto.token.layout;

/** The last digit of a DEA registration number: the six digits before it, every second one twice, summed, modulo 10. */
public final class DeaCheck implements Check {
  // A 9 among the two characters in front of them is no digit of the number.
  private static final int DIGITS = 6;

  @Override
  public char digit(CharSequence text, int at) {
    int sum = 0;
    int weight = 1;
    for (int i = Math.max(0, at - DIGITS); i < at; i++) {
      int digit = text.charAt(i) - '0';
      if (digit >= 0 && digit <= 9) {
        sum += weight * digit;
        weight = 3 - weight;
      }
    }
    return (char) ('0' + sum % 10);
  }
}
