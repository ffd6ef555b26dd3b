package dev.phial.crypto.fpe;

import java.math.BigInteger;

/** What FF1 may be applied to: SP 800-38G revision 1 asks for at least 1,000,000 possible strings. */
public final class Ff1Domain {
  /** The fewest strings that a domain has. */
  public static final int FLOOR = 1_000_000;

  public static final int MIN_RADIX = 2;
  /** Numerals are bytes here; FF1 itself goes up to 65536. */
  public static final int MAX_RADIX = 256;

  public static final int MAX_LENGTH = 1 << 16;

  private Ff1Domain() {}

  /** The shortest length at which {@code radix} reaches the floor. */
  public static int minLength(int radix) {
    int length = 0;
    for (long strings = 1; strings < FLOOR; strings *= radix) {
      length++;
    }
    // FF1 needs two halves; no radix of a byte reaches the floor with fewer than three numerals.
    return length;
  }

  static void require(int radix, byte[][] numerals, byte[][] tweaks) {
    if (radix < MIN_RADIX || radix > MAX_RADIX) {
      throw new IllegalArgumentException(
          "FF1 here takes a radix from " + MIN_RADIX + " to " + MAX_RADIX);
    }
    if (numerals.length != tweaks.length) {
      throw new IllegalArgumentException("a batch has one tweak for each item");
    }
    int minLength = minLength(radix);
    for (byte[] item : numerals) {
      requireItem(radix, minLength, item);
    }
  }

  private static void requireItem(int radix, int minLength, byte[] item) {
    if (item.length < minLength || item.length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "FF1 in radix " + radix + " takes from " + minLength + " to " + MAX_LENGTH + " numerals");
    }
    int highest = 0;
    for (byte numeral : item) {
      highest = Math.max(highest, numeral & 0xff);
    }
    if (highest >= radix) {
      throw new IllegalArgumentException("a numeral is not below the radix");
    }
  }

  /** The numerals' value, most significant first. */
  static BigInteger number(int radix, byte[] numerals, int from, int to) {
    BigInteger base = BigInteger.valueOf(radix);
    BigInteger number = BigInteger.ZERO;
    for (int i = from; i < to; i++) {
      number = number.multiply(base).add(BigInteger.valueOf(numerals[i] & 0xff));
    }
    return number;
  }

  /** The inverse of {@link #number}. */
  static void write(BigInteger number, int radix, byte[] numerals, int from, int to) {
    BigInteger base = BigInteger.valueOf(radix);
    BigInteger rest = number;
    for (int i = to - 1; i >= from; i--) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      numerals[i] = parts[1].byteValue();
      rest = parts[0];
    }
  }
}
