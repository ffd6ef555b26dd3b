package dev.phial.crypto.fpe;

import dev.phial.crypto.fips.AesBlocks;
import java.math.BigInteger;
import java.util.Arrays;

/** The rounds in exact arithmetic, for halves of any size, one string at a time. Follows the standard step by step. */
final class BigRounds implements Rounds {
  private static final int BLOCK = AesBlocks.BLOCK;

  private final Shape shape;
  private final byte[] encryptedP;
  private final int b;
  private final int d;
  private final int lengthQ;
  private final BigInteger powerU;
  private final BigInteger powerV;

  BigRounds(Shape shape, byte[] encryptedP) {
    this.shape = shape;
    this.encryptedP = encryptedP;
    this.b = shape.b();
    this.d = shape.d();
    this.lengthQ = shape.lengthQ();
    this.powerU = shape.power(shape.u());
    this.powerV = shape.power(shape.v());
  }

  @Override
  public void run(
      Lane lane, boolean encrypt, byte[][] numerals, byte[][] tweaks, int from, int to) {
    for (int i = from; i < to; i++) {
      byte[] q = Arrays.copyOf(tweaks[i], lengthQ);
      if (encrypt) {
        encryptOne(lane, numerals[i], q);
      } else {
        decryptOne(lane, numerals[i], q);
      }
    }
  }

  private void encryptOne(Lane lane, byte[] numerals, byte[] q) {
    BigInteger left = Ff1Domain.number(shape.radix(), numerals, 0, shape.u());
    BigInteger right = Ff1Domain.number(shape.radix(), numerals, shape.u(), shape.n());
    for (int round = 0; round < COUNT; round++) {
      BigInteger next = left.add(pseudorandom(lane, q, round, right)).mod(modulus(round));
      left = right;
      right = next;
    }
    write(numerals, left, right);
  }

  private void decryptOne(Lane lane, byte[] numerals, byte[] q) {
    BigInteger left = Ff1Domain.number(shape.radix(), numerals, 0, shape.u());
    BigInteger right = Ff1Domain.number(shape.radix(), numerals, shape.u(), shape.n());
    for (int round = COUNT - 1; round >= 0; round--) {
      BigInteger next = right.subtract(pseudorandom(lane, q, round, left)).mod(modulus(round));
      right = left;
      left = next;
    }
    write(numerals, left, right);
  }

  private BigInteger modulus(int round) {
    return round % 2 == 0 ? powerU : powerV;
  }

  private void write(byte[] numerals, BigInteger left, BigInteger right) {
    Ff1Domain.write(left, shape.radix(), numerals, 0, shape.u());
    Ff1Domain.write(right, shape.radix(), numerals, shape.u(), shape.n());
  }

  /** Steps 6.i to 6.iv: y = NUM(S). */
  private BigInteger pseudorandom(Lane lane, byte[] q, int round, BigInteger number) {
    q[lengthQ - b - 1] = (byte) round;
    putNumber(number, q);
    byte[] r = encryptedP;
    for (int at = 0; at < lengthQ; at += BLOCK) {
      r = lane.encryptOne(xor(r, q, at));
    }
    return new BigInteger(1, expand(lane, r));
  }

  private void putNumber(BigInteger number, byte[] q) {
    byte[] bytes = number.toByteArray();
    Arrays.fill(q, lengthQ - b, lengthQ, (byte) 0);
    // Two's complement puts a zero byte in front when the highest bit is set.
    int used = Math.min(bytes.length, b);
    System.arraycopy(bytes, bytes.length - used, q, lengthQ - used, used);
  }

  /** S: the first d bytes of R, CIPH(R xor 1), CIPH(R xor 2) and so on. */
  private byte[] expand(Lane lane, byte[] r) {
    byte[] s = Arrays.copyOf(r, d);
    byte[] counter = new byte[BLOCK];
    for (int at = BLOCK, block = 1; at < d; at += BLOCK, block++) {
      counter[12] = (byte) (block >>> 24);
      counter[13] = (byte) (block >>> 16);
      counter[14] = (byte) (block >>> 8);
      counter[15] = (byte) block;
      byte[] more = lane.encryptOne(xor(r, counter, 0));
      System.arraycopy(more, 0, s, at, Math.min(BLOCK, d - at));
    }
    return s;
  }

  private static byte[] xor(byte[] block, byte[] other, int at) {
    byte[] result = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      result[i] = (byte) (block[i] ^ other[at + i]);
    }
    return result;
  }
}
