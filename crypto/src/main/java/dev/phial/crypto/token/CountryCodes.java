package dev.phial.crypto.token;

import java.util.Set;

/** How long country calling codes are (ITU-T E.164). Frozen: another division of a number would change its token. */
final class CountryCodes {
  private static final Set<String> TWO_DIGITS = Set.of(
      "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
      "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
      "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98");

  private CountryCodes() {}

  /** Digits of the country code with which a number begins; 0 when it begins with none. */
  static int lengthOf(String firstThree) {
    if (firstThree.length() < 3 || firstThree.charAt(0) == '0') {
      return 0;
    }
    if (firstThree.charAt(0) == '1' || firstThree.charAt(0) == '7') {
      return 1;
    }
    return TWO_DIGITS.contains(firstThree.substring(0, 2)) ? 2 : 3;
  }
}
