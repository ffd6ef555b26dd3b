package dev.phial.crypto.token.layout;

/** The last digit of a DEA registration number: the digits before it, every second one twice, summed, modulo 10. */
public final class DeaCheck implements Check {

  @Override
  public char digit(CharSequence text, int at) {
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < at; i++) {
      int digit = text.charAt(i) - '0';
      if (digit >= 0 && digit <= 9) {
        sum += weight * digit;
        weight = 3 - weight;
      }
    }
    return (char) ('0' + sum % 10);
  }
}
