package dev.phial.crypto.fpe;

import java.math.BigInteger;

/**
 * Exact unsigned division by one divisor through its reciprocal: multiplications instead of the processor's division,
 * which is several times slower. The divisor is from 2 to 2^62.
 */
final class Divider {
  private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(Long.SIZE);

  private final long divisor;
  private final long reciprocal;
  private final int shift;
  private final long normalized;
  private final long normalizedReciprocal;

  Divider(long divisor) {
    this.divisor = divisor;
    this.reciprocal = Long.divideUnsigned(-1L, divisor);
    this.shift = Long.numberOfLeadingZeros(divisor);
    this.normalized = divisor << shift;
    this.normalizedReciprocal = reciprocal128(normalized);
  }

  // floor((2^128 - 1) / d) - 2^64, for d with its highest bit set.
  private static long reciprocal128(long d) {
    BigInteger unsigned = new BigInteger(Long.toUnsignedString(d));
    return BigInteger.ONE
        .shiftLeft(2 * Long.SIZE)
        .subtract(BigInteger.ONE)
        .divide(unsigned)
        .subtract(TWO_64)
        .longValue();
  }

  long quotient(long x) {
    long estimate = multiplyHighUnsigned(x, reciprocal);
    long rest = x - estimate * divisor;
    return estimate + 1 + ((rest - divisor) >> 63);
  }

  long remainder(long x) {
    // The estimate is above x / divisor - 2, so the rest is below 2 * divisor, and a sign tells
    // which half it is in:
    // no branch: one that depends on the value could be mispredicted, and its time tells of the
    // value.
    long rest = x - multiplyHighUnsigned(x, reciprocal) * divisor;
    long less = rest - divisor;
    return less + (divisor & (less >> 63));
  }

  /** (high * 2^64 + low) mod divisor: algorithm 4 of Moeller and Granlund, "Improved division by invariant integers". */
  long remainder(long high, long low) {
    long top = remainder(high);
    long u1 = (top << shift) | (low >>> (Long.SIZE - shift));
    long u0 = low << shift;
    long q0 = normalizedReciprocal * u1;
    long q1 = multiplyHighUnsigned(normalizedReciprocal, u1) + u1;
    long sum = q0 + u0;
    q1 += Long.compareUnsigned(sum, q0) < 0 ? 2 : 1;
    long rest = u0 - q1 * normalized;
    if (Long.compareUnsigned(rest, sum) > 0) {
      rest += normalized;
    }
    if (Long.compareUnsigned(rest, normalized) >= 0) {
      rest -= normalized;
    }
    return rest >>> shift;
  }

  private static long multiplyHighUnsigned(long x, long y) {
    return Math.multiplyHigh(x, y) + ((x >> 63) & y) + ((y >> 63) & x);
  }
}
