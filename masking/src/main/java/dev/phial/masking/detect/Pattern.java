package dev.phial.masking.detect;

import dev.phial.masking.scan.Bytes;
import java.util.ArrayList;
import java.util.List;

/** The small patterns of users' rules: each atom takes as much as it may and gives nothing back, so matching is linear. */
final class Pattern {
  private record Atom(char what, int least, int most) {}

  private static final int MOST = 64;

  private final List<Atom> atoms;

  private Pattern(List<Atom> atoms) {
    this.atoms = List.copyOf(atoms);
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException when it is none
   */
  static Pattern of(String text) {
    List<Atom> atoms = new ArrayList<>();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c > '~' || c < ' ') {
        throw new IllegalArgumentException("a pattern is of printable ASCII");
      }
      int least = 1;
      int most = 1;
      if (i < text.length() && text.charAt(i) == '{') {
        int close = text.indexOf('}', i);
        if (close < 0) {
          throw new IllegalArgumentException("a repetition ends with }");
        }
        String[] bounds = text.substring(i + 1, close).split(",", -1);
        least = bound(bounds[0]);
        most = bounds.length > 1 ? bound(bounds[1]) : least;
        i = close + 1;
      }
      if (bound(least, most)) {
        throw new IllegalArgumentException("a repetition is {n} or {n,m}, up to " + MOST);
      }
      atoms.add(new Atom(c, least, most));
    }
    return new Pattern(atoms);
  }

  private static int bound(String digits) {
    try {
      return Integer.parseInt(digits.trim());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a repetition is {n} or {n,m}", e);
    }
  }

  private static boolean bound(int least, int most) {
    return least < 0 || most < least || most < 1 || most > MOST;
  }

  /** Where a match from {@code from} on ends, or -1. */
  int end(byte[] b, int from, int to) {
    int i = from;
    for (Atom atom : atoms) {
      int n = 0;
      while (n < atom.most && i < to && fits(atom.what, b[i])) {
        i++;
        n++;
      }
      if (n < atom.least) {
        return -1;
      }
    }
    return i;
  }

  private static boolean fits(char what, byte b) {
    return switch (what) {
      case '#' -> Bytes.isDigit(b);
      case '@' -> Bytes.isLetter(b);
      case '?' -> Bytes.isWord(b);
      default -> b == what;
    };
  }
}
