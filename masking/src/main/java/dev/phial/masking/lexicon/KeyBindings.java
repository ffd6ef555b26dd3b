package dev.phial.masking.lexicon;

import dev.phial.masking.Identifier;

/** The keys that a policy binds to elements; they go before those that come with the engine. Filled, then only read. */
public final class KeyBindings {
  private final LongTable phrases = new LongTable(1 << 10);
  private final LongTable lastWords = new LongTable(1 << 10);
  private boolean any;

  /** Binds a key such as {@code patient_name}, {@code patientName} or {@code patient.name} to an element. */
  public void bind(String key, Identifier identifier, int element) {
    byte[] b = key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    long[] words = new long[8];
    int n = Keys.split(b, 0, b.length, words, 0);
    if (n == 0 || n > 4) {
      throw new IllegalArgumentException("key " + key + " must have one to four words");
    }
    long phrase = 0;
    for (int i = 0; i < n; i++) {
      phrase = Hash.before(phrase, words[i]);
    }
    phrases.put(phrase, Keys.bound(identifier, element));
    lastWords.or(words[0], 1);
    any = true;
  }

  /** Whether a word may end a bound key. */
  public boolean ends(long word) {
    return any && lastWords.get(word) != 0;
  }

  /** As {@link Keys#meaning}, for bound keys first. */
  public int meaning(long[] words, int count) {
    int bound = any ? Keys.ending(phrases, words, 0, count) : Keys.UNKNOWN;
    return bound != Keys.UNKNOWN ? bound : Keys.meaning(words, count);
  }
}
