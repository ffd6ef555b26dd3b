package dev.phial.masking.detect;

import java.util.Set;

/** The small words within names: {@code van}, {@code de}. */
final class Particles {
  private static final int LONGEST = 3;
  private static final Set<String> WORDS = Set.of(
      "van", "von", "der", "den", "de", "di", "da", "do", "dos", "du", "la", "le", "del", "al",
      "bin", "ibn", "y", "e", "ter", "ten", "af", "av", "zu", "el");

  private Particles() {}

  /** Whether token {@code i} is one. */
  static boolean at(Reading r, int i) {
    int length = r.t.length(i);
    return r.t.isWord(i)
        && length >= 1
        && length <= LONGEST
        && WORDS.contains(r.text.part(r.t.start(i), r.t.start(i) + length));
  }
}
