package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.AesBlocks;
import dev.phial.crypto.fips.FipsModule;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Makes the nonce of a short message depend on the message and the moment, under a key that only this process has. If all
 * that is random repeats, because a machine was cloned, two different messages still have different nonces, and the nonce
 * of one message twice at one moment tells only that it is the same (as RFC 8452's synthetic nonces do).
 *
 * <p>What is added is the xor of AES over numbered chunks (the construction of XOR MACs: Bellare, Guérin and Rogaway), so
 * that all chunks go to the module in one call. It stands beside 192 random bits and protects nothing else. Not thread-safe.
 */
final class Hedge {
  /** The most bytes, associated data and plaintext together, that are hedged: beyond, a read of the kernel is cheaper. */
  static final int MOST = 240;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final int BLOCK = AesBlocks.BLOCK;
  // The first byte of a block is its number.
  private static final int CHUNK = BLOCK - 1;
  private static final int KEY_LENGTH = 32;
  private static final int BLOCKS = 1 + MOST / CHUNK;

  private final AesBlocks aes;
  private final LongSupplier moment;
  private final byte[] in = new byte[BLOCKS * BLOCK];
  private final byte[] out = new byte[BLOCKS * BLOCK];

  /** @param moment a clock, as fine as there is */
  Hedge(FipsModule module, byte[] key, LongSupplier moment) {
    this.aes = new AesBlocks(module, key);
    this.moment = moment;
  }

  /** Under a new key. */
  static Hedge under(FipsModule module) {
    byte[] key = new byte[KEY_LENGTH];
    Nonces.fill(module.random(), key);
    try {
      return new Hedge(module, key, System::nanoTime);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  static boolean takes(byte[] associated, byte[] plaintext) {
    return associated.length <= MOST && plaintext.length <= MOST - associated.length;
  }

  /** Changes the first {@link AesBlocks#BLOCK} bytes of the nonce that begins at {@code at}. */
  void addTo(byte[] message, int at, byte[] associated, byte[] plaintext) {
    int length = associated.length + plaintext.length;
    int used = (1 + (length + CHUNK - 1) / CHUNK) * BLOCK;
    writeFirst(associated.length, plaintext.length);
    write(associated, 0);
    write(plaintext, associated.length);
    aes.encrypt(in, used, out);
    long high = 0;
    long low = 0;
    for (int block = 0; block < used; block += BLOCK) {
      high ^= (long) LONG.get(out, block);
      low ^= (long) LONG.get(out, block + Long.BYTES);
    }
    LONG.set(message, at, (long) LONG.get(message, at) ^ high);
    LONG.set(message, at + Long.BYTES, (long) LONG.get(message, at + Long.BYTES) ^ low);
    Arrays.fill(in, 0, used, (byte) 0);
  }

  /** Number 0: the moment, and where one part ends and the other begins. */
  private void writeFirst(int associated, int plaintext) {
    LONG.set(in, 1, moment.getAsLong());
    in[Long.BYTES + 1] = (byte) associated;
    in[Long.BYTES + 2] = (byte) plaintext;
  }

  private void write(byte[] part, int from) {
    int done = 0;
    while (done < part.length) {
      int chunk = (from + done) / CHUNK;
      int inChunk = (from + done) % CHUNK;
      int count = Math.min(CHUNK - inChunk, part.length - done);
      int block = (chunk + 1) * BLOCK;
      in[block] = (byte) (chunk + 1);
      System.arraycopy(part, done, in, block + 1 + inChunk, count);
      done += count;
    }
  }
}
