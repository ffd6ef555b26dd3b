package dev.phial.crypto.token.layout;

import java.math.BigInteger;

/**
 * Ranks out of sets of several sizes as one number, the first the most significant. When all sets have one size of at most
 * 256, the ranks are the numerals as they are.
 */
final class MixedRadix {
  private final int[] sizes;
  private final NumeralSpace space;
  private final boolean uniform;

  MixedRadix(int[] sizes) {
    this.sizes = sizes;
    this.uniform = sizes.length > 0 && sizes[0] > 1 && sizes[0] <= 256 && allEqual(sizes);
    this.space =
        uniform ? NumeralSpace.strings(sizes[0], sizes.length) : NumeralSpace.of(product(sizes));
  }

  private static boolean allEqual(int[] sizes) {
    for (int size : sizes) {
      if (size != sizes[0]) {
        return false;
      }
    }
    return true;
  }

  private static BigInteger product(int[] sizes) {
    BigInteger product = BigInteger.ONE;
    for (int size : sizes) {
      product = product.multiply(BigInteger.valueOf(size));
    }
    return product;
  }

  NumeralSpace space() {
    return space;
  }

  int places() {
    return sizes.length;
  }

  byte[] numerals(int[] ranks) {
    if (uniform) {
      byte[] numerals = new byte[ranks.length];
      for (int i = 0; i < ranks.length; i++) {
        numerals[i] = (byte) ranks[i];
      }
      return numerals;
    }
    return space.fitsLong() ? space.write(longNumber(ranks)) : space.write(bigNumber(ranks));
  }

  private long longNumber(int[] ranks) {
    long number = 0;
    for (int i = 0; i < ranks.length; i++) {
      number = number * sizes[i] + ranks[i];
    }
    return number;
  }

  private BigInteger bigNumber(int[] ranks) {
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < ranks.length; i++) {
      number = number.multiply(BigInteger.valueOf(sizes[i])).add(BigInteger.valueOf(ranks[i]));
    }
    return number;
  }

  int[] ranks(byte[] numerals) {
    int[] ranks = new int[sizes.length];
    if (uniform) {
      for (int i = 0; i < ranks.length; i++) {
        ranks[i] = numerals[i] & 0xff;
      }
    } else if (space.fitsLong()) {
      split(space.longNumber(numerals), ranks);
    } else {
      split(space.number(numerals), ranks);
    }
    return ranks;
  }

  private void split(long number, int[] ranks) {
    long rest = number;
    for (int i = ranks.length - 1; i >= 0; i--) {
      ranks[i] = (int) (rest % sizes[i]);
      rest /= sizes[i];
    }
  }

  private void split(BigInteger number, int[] ranks) {
    BigInteger rest = number;
    for (int i = ranks.length - 1; i >= 0; i--) {
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(sizes[i]));
      ranks[i] = parts[1].intValue();
      rest = parts[0];
    }
  }
}
