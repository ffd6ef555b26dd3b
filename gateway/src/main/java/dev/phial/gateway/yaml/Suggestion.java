package dev.phial.gateway.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** "Did you mean": names the known word that is nearest to an unknown one. */
public final class Suggestion {
  private static final int MOST_LISTED = 20;
  private static final int LONGEST = 100;

  private Suggestion() {}

  /** A message about a word that is not among the known ones. */
  public static String unknown(String kind, String word, Collection<String> known) {
    String start = "no such " + kind;
    if (known.isEmpty()) {
      return start;
    }
    return start
        + nearest(word, known)
            .map(near -> "; did you mean '" + near + "'?")
            .orElseGet(() -> known.size() > MOST_LISTED
                ? ""
                : "; expected one of " + String.join(", ", new TreeSet<>(known)));
  }

  private static Optional<String> nearest(String word, Collection<String> known) {
    if (word.length() > LONGEST) {
      return Optional.empty();
    }
    int farthest = word.length() < 4 ? 1 : Math.max(2, word.length() / 3);
    return known.stream()
        .filter(candidate -> distance(word, candidate) <= farthest)
        .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
            .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance, one row at a time; letter case counts nothing. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
