package dev.phial.crypto.token.layout;

/**
 * The digit with which all digits of a text pass the Luhn check (ISO/IEC 7812-1); other characters are skipped. It may stand
 * anywhere: wherever it stands there is exactly one that fits.
 */
public final class Luhn implements Check {
  // The digit sum of twice a digit; and which digit has it.
  private static final int[] DOUBLED = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
  private static final int[] HALVED = {0, 5, 1, 6, 2, 7, 3, 8, 4, 9};

  private final String prefix;

  /** Digits that count as if they stood in front of the text: 80840 for an NPI. */
  public Luhn(String prefix) {
    this.prefix = prefix;
  }

  @Override
  public char digit(CharSequence text, int at) {
    int sum = 0;
    boolean doubled = false;
    boolean ownDoubled = false;
    for (int i = text.length() - 1; i >= 0; i--) {
      if (i == at) {
        ownDoubled = doubled;
        doubled = !doubled;
      } else if (isDigit(text.charAt(i))) {
        sum += value(text.charAt(i), doubled);
        doubled = !doubled;
      }
    }
    for (int i = prefix.length() - 1; i >= 0; i--) {
      sum += value(prefix.charAt(i), doubled);
      doubled = !doubled;
    }
    int missing = (10 - sum % 10) % 10;
    return (char) ('0' + (ownDoubled ? HALVED[missing] : missing));
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static int value(char digit, boolean doubled) {
    return doubled ? DOUBLED[digit - '0'] : digit - '0';
  }
}
