package dev.phial.crypto.fpe;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * What SP 800-38G's FF1 computes from radix, string length n and tweak length t alone (algorithm 7, steps 1 to 5); the
 * letters are the standard's.
 */
record Shape(int radix, int n, int t) {

  static Shape of(int radix, byte[] numerals, byte[] tweak) {
    return new Shape(radix, numerals.length, tweak.length);
  }

  int u() {
    return n / 2;
  }

  int v() {
    return n - u();
  }

  /** radix^m. */
  BigInteger power(int m) {
    return BigInteger.valueOf(radix).pow(m);
  }

  /** Bytes that hold any number below radix^v. */
  int b() {
    return (power(v()).subtract(BigInteger.ONE).bitLength() + 7) / 8;
  }

  /** Bytes of pseudorandom function's output in use. */
  int d() {
    return 4 * ((b() + 3) / 4) + 4;
  }

  /** Length of Q, padded to whole blocks. */
  int lengthQ() {
    return (t + b() + 1 + 15) / 16 * 16;
  }

  /** Whether both halves, and twice their modulus, are numbers that a long holds. */
  boolean fitsLong() {
    return power(v()).bitLength() <= 62;
  }

  byte[] blockP() {
    return ByteBuffer.allocate(16)
        .put((byte) 1)
        .put((byte) 2)
        .put((byte) 1)
        .put((byte) (radix >>> 16))
        .putShort((short) radix)
        .put((byte) Rounds.COUNT)
        .put((byte) u())
        .putInt(n)
        .putInt(t)
        .array();
  }
}
