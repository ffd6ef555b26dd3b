package dev.phial.masking.lexicon;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * 64-bit hashes stand for words, whatever the case of their letters: a word list is compared by them alone. A clash would mask
 * a word too many, nothing else. Eight bytes are taken at a time, for every word of every line is hashed.
 */
public final class Hash {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEED = 0xcbf29ce484222325L;
  private static final long MIX = 0x9e3779b97f4a7c15L;
  /** Sets the bit in which small letters differ from capitals; digits have it already. */
  private static final long SMALL = 0x2020202020202020L;

  private Hash() {}

  /** Of a word's letters in lower case. */
  public static long word(String word) {
    byte[] b = word.getBytes(StandardCharsets.UTF_8);
    return word(b, 0, b.length);
  }

  public static long word(byte[] b, int from, int to) {
    long h = SEED;
    int i = from;
    while (i < to) {
      int n = Math.min(8, to - i);
      long eight = i + 8 <= b.length ? (long) LONGS.get(b, i) : gather(b, i, n);
      long mask = -1L >>> (64 - 8 * n);
      h = (h ^ ((eight | SMALL) & mask)) * MIX;
      h ^= h >>> 32;
      i += n;
    }
    return h;
  }

  private static long gather(byte[] b, int from, int n) {
    long eight = 0;
    for (int i = 0; i < n; i++) {
      eight |= (b[from + i] & 0xffL) << (8 * i);
    }
    return eight;
  }

  /** Of a phrase with one more word before it; 0 is the empty phrase. */
  public static long before(long phrase, long word) {
    return (phrase ^ word) * MIX + 1;
  }
}
