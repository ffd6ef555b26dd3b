package dev.phial.crypto.token.layout;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers below a size as strings of numerals, most significant first: what FF1 works on (decision record 0011). The
 * radix and length of a size are frozen: others would change every token.
 *
 * <p>When the size is no power, some strings stand for no number below it: up to a size of 2^256 fewer than one in six, so that
 * a random permutation of all strings seldom leaves the numbers; of the longest texts' strings two in three.
 */
public final class NumeralSpace {
  /** Numerals are bytes. */
  private static final int MAX_RADIX = 256;

  private static final int BITS_OF_A_PAIR = 16;
  // Sizes come from formats, so few occur; a hostile variety is computed, not remembered.
  private static final int MAX_REMEMBERED = 1024;
  private static final Map<BigInteger, NumeralSpace> REMEMBERED = new ConcurrentHashMap<>();

  private final int radix;
  private final int length;
  // What of the two is not known is 0 or null: all strings of a length may be a number too great to
  // work out each time.
  private final long longSize;
  private final @Nullable BigInteger size;
  private final byte @Nullable [] limit;

  private NumeralSpace(int radix, int length) {
    this.radix = radix;
    this.length = length;
    this.longSize = powerOrZero(radix, length);
    this.size = null;
    this.limit = null;
  }

  private NumeralSpace(int radix, int length, BigInteger size) {
    this.radix = radix;
    this.length = length;
    this.longSize = size.bitLength() < Long.SIZE ? size.longValue() : 0;
    this.size = size;
    this.limit = write(size);
  }

  private static long powerOrZero(int radix, int length) {
    long power = 1;
    for (int i = 0; i < length; i++) {
      if (power > Long.MAX_VALUE / radix) {
        return 0;
      }
      power *= radix;
    }
    return power;
  }

  /** All strings of {@code length} numerals below {@code radix}. */
  public static NumeralSpace strings(int radix, int length) {
    return new NumeralSpace(radix, length);
  }

  /**
   * The numbers below {@code size}: in the least even length that reaches it with numerals of a byte, and the least radix
   * that reaches it in that length. Even, so that FF1's halves are equal.
   */
  public static NumeralSpace of(BigInteger size) {
    NumeralSpace known = REMEMBERED.get(size);
    if (known != null) {
      return known;
    }
    NumeralSpace made = make(size);
    if (REMEMBERED.size() < MAX_REMEMBERED) {
      REMEMBERED.put(size, made);
    }
    return made;
  }

  private static NumeralSpace make(BigInteger size) {
    int bits = size.subtract(BigInteger.ONE).bitLength();
    int length = 2 * Math.max(1, (bits + BITS_OF_A_PAIR - 1) / BITS_OF_A_PAIR);
    int low = 2;
    int high = MAX_RADIX;
    while (low < high) {
      int middle = (low + high) / 2;
      if (BigInteger.valueOf(middle).pow(length).compareTo(size) >= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    boolean exact = BigInteger.valueOf(low).pow(length).equals(size);
    return exact ? strings(low, length) : new NumeralSpace(low, length, size);
  }

  public int radix() {
    return radix;
  }

  /** Numerals in each string. */
  public int length() {
    return length;
  }

  public BigInteger size() {
    return size == null ? BigInteger.valueOf(radix).pow(length) : size;
  }

  /** Whether every number is a {@code long}. */
  public boolean fitsLong() {
    return longSize > 0;
  }

  /** Whether there are at least so many numbers. */
  public boolean reaches(long count) {
    return longSize == 0 || longSize >= count;
  }

  /** Whether a string of the right length, each numeral below the radix, is a number below the size. */
  public boolean holds(byte[] numerals) {
    return limit == null || Arrays.compareUnsigned(numerals, limit) < 0;
  }

  public byte[] write(BigInteger number) {
    byte[] numerals = new byte[length];
    BigInteger base = BigInteger.valueOf(radix);
    BigInteger rest = number;
    for (int i = length - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(base);
      numerals[i] = parts[1].byteValue();
      rest = parts[0];
    }
    return numerals;
  }

  public byte[] write(long number) {
    byte[] numerals = new byte[length];
    long rest = number;
    for (int i = length - 1; i >= 0; i--) {
      numerals[i] = (byte) (rest % radix);
      rest /= radix;
    }
    return numerals;
  }

  public BigInteger number(byte[] numerals) {
    BigInteger base = BigInteger.valueOf(radix);
    BigInteger number = BigInteger.ZERO;
    for (byte numeral : numerals) {
      number = number.multiply(base).add(BigInteger.valueOf(numeral & 0xff));
    }
    return number;
  }

  /** As {@link #number}, where {@link #fitsLong}. */
  public long longNumber(byte[] numerals) {
    long number = 0;
    for (byte numeral : numerals) {
      number = number * radix + (numeral & 0xff);
    }
    return number;
  }
}
