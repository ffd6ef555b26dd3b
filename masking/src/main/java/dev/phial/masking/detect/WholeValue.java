package dev.phial.masking.detect;

import dev.phial.masking.lexicon.Hash;
import dev.phial.masking.lexicon.Keys;
import dev.phial.masking.lexicon.Keys.Fit;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import java.util.Set;

/** What a value looks like that stands by itself, such as a field of JSON. */
final class WholeValue {
  private static final int MOST_WORDS = KeyedName.MOST_WORDS + 2;
  private static final Set<String> NOTHING = Set.of(
      "null",
      "none",
      "nil",
      "undefined",
      "unknown",
      "n/a",
      "na",
      "true",
      "false",
      "nan",
      "empty",
      "missing",
      "absent",
      "-",
      "--",
      "unset",
      "not",
      "invalid",
      "required",
      "optional",
      "string",
      "void",
      "anonymous",
      "yes",
      "no");

  private WholeValue() {}

  /** Whether a value says that there is none, or is a label of ours. */
  static boolean isNothing(byte[] b, int from, int to) {
    if (from >= to) {
      return true;
    }
    if (b[from] == '*' && b[to - 1] == '*') {
      return label(b, from + 1, to - 1);
    }
    return to - from <= 9 && NOTHING.contains(small(b, from, to));
  }

  private static boolean label(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (b[i] != '*' && b[i] != '_' && (b[i] < 'A' || b[i] > 'Z')) {
        return false;
      }
    }
    return true;
  }

  private static String small(byte[] b, int from, int to) {
    char[] c = new char[to - from];
    for (int i = from; i < to; i++) {
      c[i - from] = (char) (Bytes.fold(b[i]) & 0xff);
    }
    return new String(c);
  }

  /** Whether a value that stands by itself fits what its key says. */
  static boolean fits(byte[] b, int from, int to, int meaning) {
    Fit fit = Keys.fit(meaning);
    return switch (fit) {
      case NONE, CLOCK -> false;
      case ANY -> true;
      case WORDS -> words(b, from, to);
      case PLACE -> place(b, from, to);
      case DIGITS -> digits(b, from, to) >= 4 && to - from <= 64;
      case CODE ->
        digits(b, from, to) >= 1 && to - from >= 4 && to - from <= 80 && spaces(b, from, to) <= 2;
      case DATE -> digits(b, from, to) >= 2 && to - from <= 48;
    };
  }

  /** Whether it is a time as machines write it: an epoch, or a date with the time of day behind {@code T} or with fractions. */
  static boolean clock(byte[] b, int from, int to) {
    int digits = digits(b, from, to);
    if (digits == to - from) {
      return digits >= 9;
    }
    return digits >= 12
        && to - from <= 40
        && (b[from + 10 < to ? from + 10 : from] == 'T' || fraction(b, from, to));
  }

  private static boolean fraction(byte[] b, int from, int to) {
    for (int i = from + 10; i + 3 < to; i++) {
      if ((b[i] == '.' || b[i] == ',') && Bytes.isDigit(b[i - 1]) && Bytes.isDigit(b[i + 1])) {
        return true;
      }
    }
    return false;
  }

  static int digits(byte[] b, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      if (Bytes.isDigit(b[i])) {
        n++;
      }
    }
    return n;
  }

  private static int spaces(byte[] b, int from, int to) {
    int n = 0;
    for (int i = from; i < to; i++) {
      if (b[i] == ' ') {
        n++;
      }
    }
    return n;
  }

  /** Words as names have them, not all of them ordinary ones. */
  private static boolean words(byte[] b, int from, int to) {
    int words = 0;
    boolean person = false;
    int i = from;
    while (i < to) {
      int start = i;
      while (i < to && Bytes.isLetter(b[i])) {
        i++;
      }
      if (i > start) {
        words++;
        person |= person(b, start, i);
      } else if (b[i] == ' ' || b[i] == '.' || b[i] == '-' || b[i] == '\'' || b[i] == ',') {
        i++;
      } else {
        return false;
      }
    }
    return person && words <= MOST_WORDS && !dotted(b, from, to);
  }

  private static boolean person(byte[] b, int from, int to) {
    if (to - from < 2) {
      return false;
    }
    int sense = Lexicon.sense(Hash.word(b, from, to));
    return ((sense & Lexicon.EVERYDAY) == 0 && !humped(b, from, to))
        || ((sense & Lexicon.NAME) != 0 && Bytes.of(b[from]) == Bytes.UPPER);
  }

  private static boolean humped(byte[] b, int from, int to) {
    for (int i = from + 3; i < to; i++) {
      if (Bytes.of(b[i]) == Bytes.UPPER && Bytes.of(b[i - 1]) == Bytes.LOWER) {
        return true;
      }
    }
    return false;
  }

  /** {@code com.example}. */
  private static boolean dotted(byte[] b, int from, int to) {
    for (int i = from + 2; i + 1 < to; i++) {
      if ((b[i] == '.' || b[i] == '-')
          && Bytes.of(b[i + 1]) == Bytes.LOWER
          && Bytes.of(b[i - 1]) == Bytes.LOWER
          && Bytes.of(b[from]) == Bytes.LOWER) {
        return true;
      }
    }
    return false;
  }

  private static boolean place(byte[] b, int from, int to) {
    int digits = digits(b, from, to);
    int letters = 0;
    for (int i = from; i < to; i++) {
      if (Bytes.isLetter(b[i])) {
        letters++;
      }
      if (b[i] == ':' || b[i] == '@' || b[i] == '=' || b[i] == '_' || b[i] == '{') {
        return false;
      }
    }
    if (letters == 0) {
      return (digits >= 1 && digits == to - from && digits <= 6) || digits == 9;
    }
    boolean spaced = spaces(b, from, to) > 0;
    if (!spaced) {
      return (Bytes.of(b[from]) == Bytes.UPPER && digits == 0 && words(b, from, to)) || b[from] < 0;
    }
    return digits > 0 || words(b, from, to);
  }
}
