package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Layout;
import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;

/**
 * Numbers below 889 million in the form of a social security number that none can have: a letter from A to I, and eight
 * digits. There are only 111 million ways to write an invalid number with digits alone: too few to give each valid one its own.
 */
final class LetteredSsn {
  private static final int DIGITS = 8;
  private static final int PER_LETTER = 100_000_000;

  private LetteredSsn() {}

  static String write(Written number) {
    long rank = number.space().longNumber(number.numerals());
    String eight = String.format("%08d", rank % PER_LETTER);
    String token = (char) ('A' + rank / PER_LETTER) + eight;
    return number.like().length() > DIGITS + 1 ? dashed(token) : token;
  }

  private static String dashed(String token) {
    return token.substring(0, 3) + "-" + token.substring(3, 5) + "-" + token.substring(5);
  }

  /** The reading of a token: a number of {@code bare} or {@code dashed}, as the token is written. */
  static Reading read(String token, Layout bare, Layout dashed) {
    boolean withDashes = token.length() == dashed.length();
    if (!withDashes && token.length() != bare.length()) {
      return Misfit.LENGTH;
    }
    String compact = withDashes ? token.replace("-", "") : token;
    if (!compact.matches("[A-I][0-9]{8}") || (withDashes && !dashed(compact).equals(token))) {
      return Misfit.ALPHABET;
    }
    long rank = (compact.charAt(0) - 'A') * (long) PER_LETTER + Integer.parseInt(compact, 1, 9, 10);
    Layout layout = withDashes ? dashed : bare;
    boolean known = layout.space().reaches(rank + 1);
    return known ? new Written(layout, layout.space().write(rank), token) : Misfit.AREA;
  }
}
