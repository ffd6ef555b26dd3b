package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Hash;
import dev.phial.masking.lexicon.Keys;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/**
 * Values of SQL that stand apart from their names: {@code INSERT INTO t (a, b) VALUES (1, 2), (3, 4)}, where the list of columns
 * says what each is, and the parameters that drivers and servers log on lines of their own, where nothing says it. Linear: a
 * list that turns out to be none holds no bracket in which another could begin, and a list of values is read once.
 */
final class Sql {
  /** A statement in a value of a statement is read again, so not too often. */
  private static final int DEEPEST = 6;

  private static final int MOST_NAME_TOKENS = 24;
  private static final int MOST_TOKENS_BETWEEN = 8;
  private static final int MOST_COLUMNS = 1_024;
  /** Shorter numbers among parameters are states, counts and rows. */
  private static final int SHORTEST_NUMBER = 5;

  private static final long VALUES = Hash.word("values");
  private static final long VALUE = Hash.word("value");
  private static final long SELECT = Hash.word("select");
  private static final long BINDING = Hash.word("binding");
  private static final long PARAMETER = Hash.word("parameter");
  private static final long PARAMETERS = Hash.word("parameters");
  private static final long AS = Hash.word("as");
  private static final long BOOLEAN = Hash.word("boolean");

  private Sql() {}

  /** At a word with which such a statement or line can begin: the token after it, or {@code i}. */
  static int at(Reading r, int i) {
    if (r.depth >= DEEPEST) {
      return i;
    }
    long word = r.t.hash(i);
    if (word == PARAMETERS) {
      return listed(r, i);
    }
    return word == PARAMETER ? bound(r, i) : insert(r, i);
  }

  // ---- INSERT INTO t (a, b) VALUES (…), (…)

  private static int insert(Reading r, int i) {
    Tokens t = r.t;
    int open = i + 1;
    while (open - i <= MOST_NAME_TOKENS && isName(t, open)) {
      open++;
    }
    if (t.kind(open) != '(') {
      return i;
    }
    int close = columnsEnd(r, t.start(open) + 1);
    if (close < 0) {
      return i;
    }
    int k = t.after(open, close + 1);
    int last = k + MOST_TOKENS_BETWEEN;
    while (k < last && !isValues(t, k)) {
      if (!t.isWord(k) || t.hash(k) == SELECT) {
        return i;
      }
      k++;
    }
    if (!isValues(t, k) || t.kind(k + 1) != '(') {
      return i;
    }
    int[] meanings = meanings(r, t.start(open) + 1, close);
    return t.after(k, rows(r, t.start(k + 1), meanings));
  }

  private static boolean isName(Tokens t, int k) {
    return switch (t.kind(k)) {
      case Tokens.WORD, Tokens.MIXED, Tokens.NUMBER -> true;
      case '.', '_', '-', '$', '"', '`', '[', ']', '\\', '#', '@' -> true;
      default -> false;
    };
  }

  private static boolean isValues(Tokens t, int k) {
    return t.isWord(k) && (t.hash(k) == VALUES || t.hash(k) == VALUE) && t.kind(k + 1) == '(';
  }

  /** Where the bracket closes, when only names and commas stand in it; -1 otherwise. */
  private static int columnsEnd(Reading r, int from) {
    for (int i = from; i < r.to; i++) {
      byte b = r.b[i];
      if (b == ')') {
        return i;
      }
      if (!Bytes.isWord(b) && !Bytes.isSpace(b) && "_,.\"`[]$\\-#".indexOf(b) < 0) {
        return -1;
      }
    }
    return -1;
  }

  private static int[] meanings(Reading r, int from, int close) {
    int columns = 1;
    for (int i = from; i < close; i++) {
      columns += r.b[i] == ',' ? 1 : 0;
    }
    int[] meanings = new int[Math.min(MOST_COLUMNS, columns)];
    int start = from;
    int n = 0;
    for (int i = from; i <= close && n < meanings.length; i++) {
      if (i == close || r.b[i] == ',') {
        meanings[n++] = r.rules().meaningOf(r.b, start, i);
        start = i + 1;
      }
    }
    return meanings;
  }

  /** From the bracket that opens the first row: where the last one ends. */
  private static int rows(Reading r, int open, int[] meanings) {
    int i = open;
    while (r.at(i) == '(') {
      i = row(r, i + 1, meanings);
      int next = spaces(r, i);
      if (r.at(next) != ',') {
        return i;
      }
      next = spaces(r, next + 1);
      if (r.at(next) != '(') {
        return i;
      }
      i = next;
    }
    return i;
  }

  private static int row(Reading r, int from, int[] meanings) {
    int column = 0;
    int i = from;
    while (i < r.to) {
      int end = valueEnd(r, i);
      one(r, i, end, column < meanings.length ? meanings[column] : Keys.UNKNOWN);
      if (end >= r.to || r.b[end] == ')') {
        return Math.min(r.to, end + 1);
      }
      column++;
      i = end + 1;
    }
    return i;
  }

  /** Where the comma or bracket stands that ends a value; the end of the text when it was cut. */
  private static int valueEnd(Reading r, int from) {
    int depth = 0;
    int i = from;
    while (i < r.to) {
      byte b = r.b[i];
      if (b == '\'' || b == '"') {
        i = stringEnd(r, i);
      } else if (b == '(' || b == '[' || b == '{') {
        depth++;
      } else if (depth > 0 && (b == ')' || b == ']' || b == '}')) {
        depth--;
      } else if (depth == 0 && (b == ',' || b == ')')) {
        return i;
      }
      i++;
    }
    return r.to;
  }

  /** Where the quote stands that closes the one at {@code open}; the end of the text when none does. */
  private static int stringEnd(Reading r, int open) {
    byte quote = r.b[open];
    int i = open + 1;
    while (i < r.to) {
      if (r.b[i] == '\\') {
        i++;
      } else if (r.b[i] == quote) {
        if (r.at(i + 1) != quote) {
          return i;
        }
        i++;
      }
      i++;
    }
    return r.to;
  }

  /** One value: a string, a number, or an expression with strings in it. */
  private static void one(Reading r, int from, int to, int meaning) {
    int start = spaces(r, from);
    int end = to;
    while (end > start && Bytes.isSpace(r.b[end - 1])) {
      end--;
    }
    if (start >= end) {
      return;
    }
    if (Bytes.isDigit(r.b[start]) || r.b[start] == '-' || r.b[start] == '+') {
      r.rules().value(r.text, start, end, meaning, r.depth + 1);
      return;
    }
    int i = start;
    int rest = start;
    while (i < end) {
      if (r.b[i] == '\'' || r.b[i] == '"') {
        int close = Math.min(end, stringEnd(r, i));
        plain(r, rest, i);
        r.rules().value(r.text, i + 1, close, meaning, r.depth + 1);
        i = close;
        rest = close + 1;
      }
      i++;
    }
    plain(r, rest, end);
  }

  private static void plain(Reading r, int from, int to) {
    r.rules().value(r.text, from, to, Keys.UNKNOWN, r.depth + 1);
  }

  private static int spaces(Reading r, int from) {
    int i = from;
    while (i < r.to && Bytes.isSpace(r.b[i])) {
      i++;
    }
    return i;
  }

  // ---- parameters on a line of their own

  /**
   * Hibernate: {@code binding parameter [1] as [VARCHAR] - [Ann Lee]}, {@code binding parameter (1:VARCHAR) <- [Ann Lee]}. Spring:
   * {@code parameter value [Ann Lee]}.
   */
  private static int bound(Reading r, int i) {
    Tokens t = r.t;
    if (t.isWord(i + 1) && t.hash(i + 1) == VALUE && t.kind(i + 2) == '[') {
      return bracketed(r, i + 2, ", value class");
    }
    if (!t.isWord(i - 1) || t.hash(i - 1) != BINDING) {
      return i;
    }
    int k = i + 1;
    if (t.kind(k) == '[' && t.kind(k + 1) == Tokens.NUMBER && t.kind(k + 2) == ']') {
      if (!t.isWord(k + 3) || t.hash(k + 3) != AS || t.kind(k + 4) != '[' || bool(t, k + 5)) {
        return i;
      }
      k += 5;
    } else if (t.kind(k) == '(' && t.kind(k + 1) == Tokens.NUMBER && t.kind(k + 2) == ':') {
      k += 3;
      if (bool(t, k)) {
        return i;
      }
    } else {
      return i;
    }
    int stop = k + MOST_TOKENS_BETWEEN;
    while (k < stop && !(t.kind(k) == '-' && t.kind(k + 1) == '[')) {
      k++;
    }
    return k < stop ? bracketed(r, k + 1, "") : i;
  }

  private static boolean bool(Tokens t, int k) {
    return t.isWord(k) && t.hash(k) == BOOLEAN;
  }

  /** To the last bracket of the line, or of what stands before {@code then} there: the value can hold brackets itself. */
  private static int bracketed(Reading r, int open, String then) {
    int start = r.t.end(open);
    int end = start;
    int close = -1;
    while (end < r.to && r.b[end] != '\n') {
      if (r.b[end] == ']') {
        close = end;
        if (!then.isEmpty()
            && r.text.part(end + 1, Math.min(r.to, end + 1 + then.length())).equals(then)) {
          break;
        }
      }
      end++;
    }
    int stop = close < 0 ? end : close;
    parameter(r, start, stop);
    return r.t.after(open, stop);
  }

  /** PostgreSQL: {@code parameters: $1 = 'Ann Lee', $2 = NULL}. */
  private static int listed(Reading r, int i) {
    Tokens t = r.t;
    if (t.kind(i + 1) != ':' || t.kind(i + 2) != '$') {
      return i;
    }
    int at = t.start(i + 2);
    while (r.at(at) == '$' && r.digitAt(at + 1)) {
      int value = at + 1;
      while (r.digitAt(value)) {
        value++;
      }
      value = spaces(r, value);
      if (r.at(value) != '=') {
        break;
      }
      value = spaces(r, value + 1);
      if (r.at(value) != '\'') {
        at = valueEnd(r, value);
      } else {
        int close = stringEnd(r, value);
        parameter(r, value + 1, close);
        at = close + 1;
      }
      if (r.at(at) == ',') {
        at = spaces(r, at + 1);
      }
    }
    return t.after(i, Math.min(at, r.to));
  }

  /** Nothing says what it is; what is not recognized is taken whole, for it is data of the application all the same. */
  private static void parameter(Reading r, int start, int end) {
    if (WholeValue.isNothing(r.b, start, end) || isShortNumber(r, start, end)) {
      return;
    }
    int before = r.rules().out().count();
    r.rules().value(r.text, start, end, Keys.UNKNOWN, r.depth + 1);
    if (r.rules().out().count() == before) {
      r.found(start, end, Identifier.OTHER);
    }
  }

  private static boolean isShortNumber(Reading r, int start, int end) {
    return end - start < SHORTEST_NUMBER && WholeValue.digits(r.b, start, end) == end - start;
  }
}
