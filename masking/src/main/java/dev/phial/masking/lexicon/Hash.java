package dev.phial.masking.lexicon;

import java.nio.charset.StandardCharsets;

/** 64-bit hashes stand for words: a word list is compared by them alone. A clash would mask a word too many, nothing else. */
public final class Hash {
  public static final long SEED = 0xcbf29ce484222325L;
  public static final long STEP = 0x100000001b3L;
  private static final long PHRASE = 0x9e3779b97f4a7c15L;

  private Hash() {}

  /** Of a word's letters in lower case. */
  public static long word(String word) {
    byte[] b = word.getBytes(StandardCharsets.UTF_8);
    return word(b, 0, b.length);
  }

  public static long word(byte[] b, int from, int to) {
    long h = SEED;
    for (int i = from; i < to; i++) {
      h = (h ^ fold(b[i])) * STEP;
    }
    return h;
  }

  private static int fold(byte b) {
    return b >= 'A' && b <= 'Z' ? b + 32 : b & 0xff;
  }

  /** Of a phrase with one more word before it; 0 is the empty phrase. */
  public static long before(long phrase, long word) {
    return (phrase ^ word) * PHRASE + 1;
  }
}
