package dev.phial.masking.detect;

import dev.phial.masking.lexicon.Keys;
import dev.phial.masking.lexicon.Keys.Fit;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/**
 * Values after the words by which applications call them: {@code mrn=4471920}, {@code "dob": "1984-07-06"}, {@code home address Tylova
 * 285}, {@code <ssn>536-27-8841</ssn>}.
 */
final class Keyed {
  /** How a value hangs on its key. */
  private enum Link {
    /** Only by standing after it. */
    NEXT,
    /** {@code is}. */
    IS,
    /** {@code =} and the like. */
    ASSIGNED
  }

  private Keyed() {}

  /** At a word that may end a key: the token after its value, or {@code i} when there is none. */
  static int at(Reading r, int first) {
    if (!ties(r, first)) {
      return first;
    }
    int i = last(r, first);
    if (i < 0) {
      return first;
    }
    int next = key(r, i);
    return next == i ? first : next;
  }

  /** Whether what stands behind a word can tie a value to it: most words that could be keys are nothing but words. */
  private static boolean ties(Reading r, int i) {
    Tokens t = r.t;
    boolean cue = t.means(i, Lexicon.CUE) || !t.means(i, Lexicon.KEY);
    if (cue) {
      return true;
    }
    return switch (t.kind(i + 1)) {
      case Tokens.WORD -> t.means(i + 1, Lexicon.VERB) || Keys.isNoise(t.hash(i + 1));
      case '=', ':', '"', '\'', '`', ']', '>', '\\', '_', '-', '#', '.' -> true;
      default -> false;
    };
  }

  /** The last word of the key that {@code i} is in; -1 when the key goes on with a word that is none of ours. */
  private static int last(Reading r, int first) {
    Tokens t = r.t;
    int i = first;
    while (i - first < 8) {
      int sign = t.kind(i + 1);
      if ((sign == '_' || sign == '-')
          && t.touches(i)
          && t.touches(i + 1)
          && (t.isWord(i + 2) || t.kind(i + 2) == Tokens.MIXED)) {
        if (sign == '_' && !Keys.isNoise(t.hash(i + 2)) && !t.means(i + 2, Lexicon.KEY)) {
          return -1;
        }
        if (sign == '-' && !Keys.isNoise(t.hash(i + 2)) && !t.means(i + 2, Lexicon.KEY)) {
          return i;
        }
        i += 2;
      } else if (t.isWord(i + 1) && t.near(i) && !t.touches(i) && Keys.isNoise(t.hash(i + 1))) {
        i++;
      } else {
        return i;
      }
    }
    return i;
  }

  private static int key(Reading r, int i) {
    int meaning = r.rules().meaning(r, i);
    if (meaning == Keys.UNKNOWN || Keys.fit(meaning) == Fit.NONE) {
      return i;
    }
    return after(r, i, meaning);
  }

  private static int after(Reading r, int i, int meaning) {
    Tokens t = r.t;
    int k = i + 1;
    while (t.kind(k) == '#'
        || (t.kind(k) == '.' && t.isWord(k - 1) && t.length(k - 1) <= 3 && t.touches(k - 1))) {
      k++;
    }
    boolean query = inQuery(r, i);
    int close = k;
    boolean closed = t.kind(k) == '"'
        || t.kind(k) == '\''
        || t.kind(k) == '`'
        || t.kind(k) == ']'
        || (t.kind(k) == '\\' && t.kind(k + 1) == '"');
    if (closed) {
      k += t.kind(k) == '\\' ? 2 : 1;
    }
    Link link = Link.NEXT;
    int kind = t.kind(k);
    if (kind == '=' || kind == ':') {
      if ((kind == ':' && t.kind(k + 1) == ':')
          || (kind == ':' && t.kind(k + 1) == '/' && t.kind(k + 2) == '/')) {
        return i;
      }
      k++;
      if (t.kind(k) == '=' || (t.kind(k) == '>' && t.touches(k - 1))) {
        k++;
      }
      link = Link.ASSIGNED;
    } else if (kind == '>' && opens(r, i)) {
      return element(r, i, k + 1, meaning);
    } else if (kind == '-' && t.kind(k + 1) == '>') {
      k += 2;
      link = Link.ASSIGNED;
    } else if (!closed && isWord(r, k, "is", "was")) {
      k++;
      link = Link.IS;
    } else if (closed || !Keys.cue(meaning) || !t.near(k - 1)) {
      return i;
    }
    if (k >= t.count()) {
      return i;
    }
    if (query && link == Link.ASSIGNED) {
      return query(r, i, k, meaning);
    }
    return value(r, i, k, meaning, link, closed && t.kind(k - 1) == ':' ? close : -1);
  }

  private static boolean isWord(Reading r, int k, String a, String b) {
    if (!r.t.isWord(k)) {
      return false;
    }
    String word = r.t.length(k) > 3 ? "" : r.text.part(r.t.start(k), r.t.end(k));
    return word.equals(a) || word.equals(b);
  }

  /** Whether {@code <} stands before the name of an element. */
  private static boolean opens(Reading r, int i) {
    int k = i;
    while (k > 0
        && r.t.touches(k - 1)
        && (r.t.isWord(k) || r.t.kind(k) == ':' || r.t.kind(k) == '_' || r.t.kind(k) == '-')
        && i - k < 8) {
      k--;
    }
    return r.t.kind(k) == '<';
  }

  private static int element(Reading r, int i, int k, int meaning) {
    if (k >= r.t.count()) {
      return i;
    }
    int start = r.t.start(k);
    int end = start;
    while (end < r.to && r.b[end] != '<') {
      end++;
    }
    return end > start && r.at(end) == '<' && accept(r, start, end, meaning)
        ? r.t.after(k, end)
        : i;
  }

  private static boolean inQuery(Reading r, int i) {
    int k = i;
    while (k > 0
        && r.t.touches(k - 1)
        && (r.t.isWord(k)
            || r.t.kind(k) == '_'
            || r.t.kind(k) == '-'
            || r.t.kind(k) == '.'
            || r.t.kind(k) == Tokens.MIXED)
        && i - k < 8) {
      k--;
    }
    return r.t.kind(k) == '?' || r.t.kind(k) == '&';
  }

  private static int query(Reading r, int i, int k, int meaning) {
    int start = r.t.start(k);
    if (start != r.t.end(k - 1)) {
      return i;
    }
    int end = start;
    while (end < r.to
        && !Bytes.isSpace(r.b[end])
        && r.b[end] != '&'
        && r.b[end] != '?'
        && r.b[end] != '"'
        && r.b[end] != '#'
        && r.b[end] != '<'
        && r.b[end] != '>'
        && r.b[end] != '\\') {
      end++;
    }
    return r.rules().parameter(r, start, end, meaning) ? Math.max(i + 1, r.t.after(k, end)) : i;
  }

  private static int value(Reading r, int i, int k, int meaning, Link link, int quote) {
    Tokens t = r.t;
    int kind = t.kind(k);
    if (kind == '"' || kind == '\'' || kind == '`') {
      return quoted(r, i, k, meaning, (byte) kind, 1);
    }
    if (kind == '\\' && t.kind(k + 1) == '"') {
      return quoted(r, i, k + 1, meaning, (byte) '"', 2);
    }
    if (kind == '\n') {
      return i;
    }
    if (kind == '[' || kind == '{' || (kind == '<' && link == Link.ASSIGNED)) {
      k++;
      if (k >= t.count()) {
        return i;
      }
    }
    if (empty(r, k)) {
      return i;
    }
    int end = KeyedValue.end(r, k, meaning, link == Link.ASSIGNED ? 2 : link == Link.IS ? 1 : 0);
    if (end <= t.start(k)) {
      return i;
    }
    if (quote >= 0 && (t.kind(quote) == '"' || t.kind(quote) == '\\')) {
      int last = t.kind(quote) == '"' ? quote : quote + 1;
      r.rules().foundBare(r, t.start(k), end, meaning, t.start(quote), t.end(last));
    } else {
      r.rules().found(r, t.start(k), end, meaning);
    }
    return t.after(k, end);
  }

  private static int quoted(Reading r, int i, int k, int meaning, byte quote, int width) {
    int start = r.t.start(k) + 1;
    int end = start;
    if (start >= r.unclosedFrom && start < r.unclosedTo) {
      return i;
    }
    while (end < r.to
        && (r.b[end] != quote || (width == 1 && r.b[end - 1] == '\\' && end > start))
        && r.b[end] != '\n') {
      end++;
    }
    if (r.at(end) != quote) {
      r.unclosedFrom = start;
      r.unclosedTo = end;
      return i;
    }
    int stop = width == 2 && end > start && r.b[end - 1] == '\\' ? end - 1 : end;
    return accept(r, start, stop, meaning) ? r.t.after(k, end) : i;
  }

  /** Takes a whole value when it is one. */
  private static boolean accept(Reading r, int start, int end, int meaning) {
    return r.rules().whole(r, start, end, meaning);
  }

  private static boolean empty(Reading r, int k) {
    return r.t.isWord(k)
        && r.t.length(k) <= 9
        && WholeValue.isNothing(r.b, r.t.start(k), r.t.end(k));
  }
}
