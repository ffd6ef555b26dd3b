package dev.phial.crypto.fpe;

import java.nio.ByteBuffer;

/**
 * The rounds when both halves fit a long, which covers up to 36 digits or 20 alphanumerics: no number leaves a register
 * but for the blocks themselves.
 *
 * <p>Then i and NUM(B) of step 6.i are at most nine bytes and lie in the last block of Q. All blocks before it are the
 * tweak's, the same in every round, and are encrypted once. A tweak of exactly 16 bytes therefore costs one block for a
 * new tweak and nothing for the same again.
 */
final class LongRounds implements Rounds {
  private final int n;
  private final int u;
  private final int b;
  private final boolean wide;
  private final int leadingBlocks;
  private final int lengthQ;
  private final long startHigh;
  private final long startLow;
  private final Divider radix;
  private final Divider modulusU;
  private final Divider modulusV;
  private final long powerU;
  private final long powerV;
  private final int base;

  LongRounds(Shape shape, byte[] encryptedP) {
    this.n = shape.n();
    this.u = shape.u();
    this.b = shape.b();
    this.wide = shape.d() > Long.BYTES;
    this.lengthQ = shape.lengthQ();
    this.leadingBlocks = lengthQ / 16 - 1;
    ByteBuffer start = ByteBuffer.wrap(encryptedP);
    this.startHigh = start.getLong();
    this.startLow = start.getLong();
    this.base = shape.radix();
    this.powerU = shape.power(u).longValueExact();
    this.powerV = shape.power(shape.v()).longValueExact();
    this.radix = new Divider(base);
    this.modulusU = new Divider(powerU);
    this.modulusV = new Divider(powerV);
  }

  @Override
  public void run(
      Lane lane, boolean encrypt, byte[][] numerals, byte[][] tweaks, int from, int to) {
    int count = to - from;
    for (int j = 0; j < count; j++) {
      lane.a[j] = number(numerals[from + j], 0, u);
      lane.b[j] = number(numerals[from + j], u, n);
    }
    startStates(lane, tweaks, from, count);
    if (encrypt) {
      encryptHalves(lane, count);
    } else {
      decryptHalves(lane, count);
    }
    for (int j = 0; j < count; j++) {
      write(lane.a[j], numerals[from + j], 0, u);
      write(lane.b[j], numerals[from + j], u, n);
    }
  }

  // Two rounds at a time: after both, each half is back in its place and no swap is needed.
  private void encryptHalves(Lane lane, int count) {
    for (int round = 0; round < COUNT; round += 2) {
      mix(lane, count, round, lane.b, lane.a, true);
      mix(lane, count, round + 1, lane.a, lane.b, true);
    }
  }

  private void decryptHalves(Lane lane, int count) {
    for (int round = COUNT - 1; round > 0; round -= 2) {
      mix(lane, count, round, lane.a, lane.b, false);
      mix(lane, count, round - 1, lane.b, lane.a, false);
    }
  }

  /** One round for all: adds the pseudorandom function of {@code source} to {@code target}, or takes it away. */
  private void mix(Lane lane, int count, int round, long[] source, long[] target, boolean add) {
    boolean even = (round & 1) == 0;
    Divider divider = even ? modulusU : modulusV;
    long modulus = even ? powerU : powerV;
    // With b = 8 the round number is the lowest byte of the block's first word.
    long roundHigh = b == Long.BYTES ? round : 0;
    long roundLow = b == Long.BYTES ? 0 : (long) round << (b * Byte.SIZE);
    for (int j = 0; j < count; j++) {
      lane.put(j, lane.high[j] ^ roundHigh, lane.low[j] ^ roundLow ^ source[j]);
    }
    lane.encrypt(count);
    for (int j = 0; j < count; j++) {
      long y = wide ? wideRemainder(lane, j, divider) : divider.remainder(lane.highOf(j));
      long sum = add ? target[j] + y - modulus : target[j] - y;
      target[j] = sum + (modulus & (sum >> 63));
    }
  }

  /** The first 12 bytes of the block, d of the standard, as one number. */
  private static long wideRemainder(Lane lane, int block, Divider divider) {
    long high = lane.highOf(block);
    long low = lane.lowOf(block);
    return divider.remainder(high >>> 32, (high << 32) | (low >>> 32));
  }

  /** The CBC-MAC states before the last block, xor what that block holds of the tweak. */
  private void startStates(Lane lane, byte[][] tweaks, int from, int count) {
    if (leadingBlocks == 0) {
      for (int j = 0; j < count; j++) {
        lane.high[j] = startHigh;
        lane.low[j] = startLow;
      }
    } else if (!recallStates(lane, tweaks, from, count)) {
      computeStates(lane, tweaks, from, count);
    }
    addTweakTails(lane, tweaks, from, count);
  }

  private boolean recallStates(Lane lane, byte[][] tweaks, int from, int count) {
    TweakState known = lane.tweakState;
    for (int j = 0; j < count; j++) {
      boolean same = j > 0 && tweaks[from + j] == tweaks[from + j - 1];
      if (!same && !known.isOf(this, tweaks[from + j])) {
        return false;
      }
      lane.high[j] = known.high();
      lane.low[j] = known.low();
    }
    return true;
  }

  private void computeStates(Lane lane, byte[][] tweaks, int from, int count) {
    for (int j = 0; j < count; j++) {
      lane.high[j] = startHigh;
      lane.low[j] = startLow;
    }
    for (int block = 0; block < leadingBlocks; block++) {
      for (int j = 0; j < count; j++) {
        byte[] tweak = tweaks[from + j];
        lane.put(
            j,
            lane.high[j] ^ Lane.word(tweak, block * 16),
            lane.low[j] ^ Lane.word(tweak, block * 16 + 8));
      }
      lane.encrypt(count);
      for (int j = 0; j < count; j++) {
        lane.high[j] = lane.highOf(j);
        lane.low[j] = lane.lowOf(j);
      }
    }
    int last = count - 1;
    lane.tweakState.remember(this, tweaks[from + last], lane.high[last], lane.low[last]);
  }

  private void addTweakTails(Lane lane, byte[][] tweaks, int from, int count) {
    int lastBlock = lengthQ - 16;
    for (int j = 0; j < count; j++) {
      byte[] tweak = tweaks[from + j];
      if (tweak.length > lastBlock) {
        lane.high[j] ^= Lane.word(tweak, lastBlock);
        lane.low[j] ^= Lane.word(tweak, lastBlock + 8);
      }
    }
  }

  private long number(byte[] numerals, int start, int end) {
    long number = 0;
    for (int i = start; i < end; i++) {
      number = number * base + (numerals[i] & 0xff);
    }
    return number;
  }

  private void write(long number, byte[] numerals, int start, int end) {
    long rest = number;
    for (int i = end - 1; i >= start; i--) {
      long quotient = radix.quotient(rest);
      numerals[i] = (byte) (rest - quotient * base);
      rest = quotient;
    }
  }
}
