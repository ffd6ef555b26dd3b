package dev.phial.crypto.fpe;

import dev.phial.crypto.fips.AesBlocks;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The working memory of one batch: a row of blocks in, a row of blocks out. For one thread at a time. */
final class Lane {
  /** Strings in lockstep: enough to make the call's own cost small, few enough to stay in the first-level cache. */
  static final int WIDTH = 64;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  final long[] a = new long[WIDTH];
  final long[] b = new long[WIDTH];
  final long[] high = new long[WIDTH];
  final long[] low = new long[WIDTH];
  final TweakState tweakState = new TweakState();

  private final AesBlocks aes;
  private final byte[] in = new byte[WIDTH * AesBlocks.BLOCK];
  private final byte[] out = new byte[WIDTH * AesBlocks.BLOCK];

  Lane(AesBlocks aes) {
    this.aes = aes;
  }

  void put(int block, long highHalf, long lowHalf) {
    WORD.set(in, block * AesBlocks.BLOCK, highHalf);
    WORD.set(in, block * AesBlocks.BLOCK + Long.BYTES, lowHalf);
  }

  void encrypt(int blocks) {
    aes.encrypt(in, blocks * AesBlocks.BLOCK, out);
  }

  long highOf(int block) {
    return (long) WORD.get(out, block * AesBlocks.BLOCK);
  }

  long lowOf(int block) {
    return (long) WORD.get(out, block * AesBlocks.BLOCK + Long.BYTES);
  }

  /** One block by itself. */
  byte[] encryptOne(byte[] block) {
    byte[] result = new byte[AesBlocks.BLOCK];
    aes.encrypt(block, AesBlocks.BLOCK, result);
    return result;
  }

  /** Eight bytes from {@code at} on, with zeros after the end. */
  static long word(byte[] bytes, int at) {
    return at + Long.BYTES <= bytes.length ? (long) WORD.get(bytes, at) : lastWord(bytes, at);
  }

  private static long lastWord(byte[] bytes, int at) {
    long word = 0;
    for (int i = at; i < bytes.length; i++) {
      word |= (bytes[i] & 0xffL) << (Long.SIZE - Byte.SIZE * (i - at + 1));
    }
    return word;
  }
}
