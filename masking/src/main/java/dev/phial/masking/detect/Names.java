package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/**
 * People's names without a key before them: after titles, by given names and surnames, and in sentences by how they are written. In a
 * sentence a word in capital letters that is no ordinary word is taken for a name; in a line of a program it is not.
 */
final class Names {
  private static final int MOST_WORDS = 6;
  private static final int NO_NAME =
      Lexicon.MONTH | Lexicon.COUNTRY | Lexicon.WEEKDAY | Lexicon.FUNCTION;

  private Names() {}

  static int at(Reading r, int i) {
    Tokens t = r.t;
    if (t.means(i, Lexicon.TITLE)) {
      int next = titled(r, i);
      if (next > i) {
        return next;
      }
    }
    if (t.looks(i, Tokens.CAPITAL)) {
      return capital(r, i);
    }
    return r.prose && t.means(i, Lexicon.NAME) ? small(r, i) : i;
  }

  /** {@code Dr. Kent Jaworski}; in small letters too where whole texts are. */
  private static int titled(Reading r, int i) {
    Tokens t = r.t;
    boolean dot = t.kind(i + 1) == '.' && t.touches(i);
    int first = dot ? i + 2 : i + 1;
    if (!t.isWord(first) || !t.near(first - 1) || (t.touches(first - 1) && !dot)) {
      return i;
    }
    boolean title = t.length(i) <= 3 || t.means(i, Lexicon.NAME) || t.means(i + 1, Lexicon.NAME);
    if (written(r, first)
        && (!r.ordinary(first) || dot || t.means(first, Lexicon.NAME))
        && (title || t.looks(i, Tokens.CAPITAL))) {
      return name(r, i, last(r, first), t.length(i) <= 4 ? i : first);
    }
    if (dot
        && r.prose
        && t.length(i) <= 4
        && t.length(first) > 2
        && !t.means(first, Lexicon.FUNCTION)
        && !t.looks(i, Tokens.CAPITAL)) {
      return name(r, i, lastSmall(r, first), i);
    }
    return i;
  }

  private static int capital(Reading r, int i) {
    Tokens t = r.t;
    if (t.kind(i + 1) == '\''
        && t.kind(i + 2) == Tokens.WORD
        && t.length(i + 2) == 1
        && r.b[t.start(i + 2)] == 't') {
      return i; // Don't
    }
    if (!written(r, i) || (t.touches(i - 1) && inside(t.kind(i - 1))) || goesOn(r, i)) {
      return i;
    }
    boolean given = t.means(i, Lexicon.GIVEN) && !t.means(i, Lexicon.EVERYDAY);
    boolean pair = follows(r, i);
    boolean named = t.means(i, Lexicon.GIVEN) && r.people;
    if (named && pair && !r.ordinary(i + 1) && !t.means(i + 1, NO_NAME | Lexicon.STREET)) {
      return name(r, i, last(r, i), i);
    }
    if (given && pair && !(r.ordinary(i + 1) && !t.means(i + 1, Lexicon.SURNAME))) {
      return name(r, i, last(r, i), i);
    }
    if (t.means(i, Lexicon.GIVEN)
        && pair
        && t.means(i + 1, Lexicon.SURNAME)
        && (r.prose || !r.ordinary(i + 1))) {
      return name(r, i, last(r, i), i);
    }
    if (!r.prose) {
      return i;
    }
    return sentence(r, i, given, pair);
  }

  /** Whether the word goes on as a path or the like. */
  private static boolean goesOn(Reading r, int i) {
    Tokens t = r.t;
    int sign = t.kind(i + 1);
    if (!t.touches(i) || !inside(sign)) {
      return false;
    }
    if (sign == '.') {
      return t.touches(i + 1) && Bytes.isWord(r.at(t.end(i + 1)));
    }
    return sign != '\\' || Bytes.isWord(r.at(t.end(i + 1)));
  }

  private static boolean inside(int sign) {
    return sign == '.'
        || sign == '_'
        || sign == '/'
        || sign == '$'
        || sign == '@'
        || sign == '\\'
        || sign == '='
        || sign == '#'
        || sign == '<'
        || sign == '{';
  }

  /** In a sentence: by the lists, by the word before, or as a capital that nothing else explains. */
  private static int sentence(Reading r, int i, boolean given, boolean pair) {
    Tokens t = r.t;
    if (t.means(i, NO_NAME)) {
      return i;
    }
    boolean called = t.means(i - 1, Lexicon.CALL) && t.near(i - 1);
    boolean ordinary = r.ordinary(i);
    if (given
        || (t.means(i, Lexicon.SURNAME) && !ordinary)
        || (ordinary
            && t.means(i, Lexicon.NAME)
            && (listed(r, i)
                || (r.people && t.means(i, Lexicon.GIVEN) && t.means(i + 1, Lexicon.VERB))))) {
      return name(r, i, last(r, i), i);
    }
    if ((called && (!ordinary || t.means(i, Lexicon.NAME)))
        || (ordinary && called && t.means(i, Lexicon.GIVEN))) {
      return name(r, i, last(r, i), i);
    }
    if (!r.people
        || dosed(r, i)
        || ordinary
        || t.means(i, Lexicon.STATE | Lexicon.CITY | Lexicon.STREET)
        || (t.looks(i, Tokens.CAPITALS) && t.length(i) < 5)) {
      return i;
    }
    if (!r.starts(i)) {
      return name(r, i, last(r, i), i);
    }
    return opens(r, i, pair) ? name(r, i, last(r, i), i) : i;
  }

  /** Whether the word stands in a row of names: {@code Jan, Kristi and Dawn}. */
  private static boolean listed(Reading r, int i) {
    boolean after = row(r, i + 1) && sure(r, i + 2);
    return after || (row(r, i - 1) && sure(r, i - 2));
  }

  private static boolean row(Reading r, int i) {
    return r.t.kind(i) == ','
        || (r.t.isWord(i)
            && r.t.length(i) == 3
            && r.text.part(r.t.start(i), r.t.end(i)).equals("and"));
  }

  private static boolean sure(Reading r, int i) {
    return r.t.looks(i, Tokens.CAPITAL) && r.t.means(i, Lexicon.GIVEN) && !r.ordinary(i);
  }

  /** What is followed by a dose is a substance: {@code Lisinopril 10 mg}. */
  private static boolean dosed(Reading r, int i) {
    return r.t.kind(i + 1) == Tokens.NUMBER && Places.unitOfMeasure(r, i + 2);
  }

  /** Whether an unknown word that opens a sentence is who the sentence is about. */
  private static boolean opens(Reading r, int i, boolean pair) {
    Tokens t = r.t;
    if (formed(r, i)) {
      return false;
    }
    if (pair && !r.ordinary(i + 1)) {
      return true;
    }
    int next = t.kind(i + 1);
    if (next == ',' || next == ':' || next == '\'') {
      return true;
    }
    return t.means(i + 1, Lexicon.VERB)
        || (t.isWord(i + 1)
            && !t.looks(i + 1, Tokens.CAPITAL)
            && ending(r, i + 1, "s", "d")
            && t.length(i + 1) > 2)
        || (t.means(i + 1, Lexicon.FUNCTION) && ending(r, i + 1, "s", "l") && t.length(i + 1) <= 4);
  }

  /** Endings that English words have and names seldom. */
  private static boolean formed(Reading r, int i) {
    return ending(
        r, i, "ing", "ed", "ly", "tion", "ness", "ment", "able", "ous", "ful", "less", "ize", "ity",
        "ism", "ence", "ance", "ical", "ology", "itis", "emia", "osis");
  }

  private static boolean ending(Reading r, int i, String... endings) {
    int end = r.t.end(i);
    for (String ending : endings) {
      int from = end - ending.length();
      boolean same = from > r.t.start(i);
      for (int k = 0; same && k < ending.length(); k++) {
        same = r.b[from + k] == ending.charAt(k);
      }
      if (same) {
        return true;
      }
    }
    return false;
  }

  /** In small letters, where people write so: a given name that is no other word. */
  private static int small(Reading r, int i) {
    Tokens t = r.t;
    boolean half = r.people
        && r.small
        && t.means(i, Lexicon.GIVEN)
        && t.near(i)
        && !t.touches(i)
        && t.isWord(i + 1)
        && t.sense(i + 1) == 0
        && t.length(i + 1) > 3
        && !formed(r, i + 1);
    if (t.kind(i + 1) == '\''
        || (!half && r.ordinary(i))
        || t.length(i) < 3
        || (t.touches(i - 1) && inside(t.kind(i - 1)))
        || goesOn(r, i)) {
      return i;
    }
    if (!t.means(i, Lexicon.GIVEN)
        && !t.means(i - 1, Lexicon.CALL)
        && !t.means(i - 1, Lexicon.TITLE)) {
      return i;
    }
    return name(r, i, lastSmall(r, i), i);
  }

  private static int lastSmall(Reading r, int i) {
    int last = i;
    while (r.t.isWord(last + 1)
        && r.t.near(last)
        && !r.t.touches(last)
        && last - i < 2
        && !r.ordinary(last + 1)
        && !r.t.means(last + 1, NO_NAME | Lexicon.KEY)) {
      last++;
    }
    return last;
  }

  /** Whether a word is written as a name is: a capital and small letters, or capitals, or {@code McCoy}. */
  private static boolean written(Reading r, int i) {
    Tokens t = r.t;
    if (!t.isWord(i) || !t.looks(i, Tokens.CAPITAL)) {
      return false;
    }
    if (t.looks(i, Tokens.HUMPS)) {
      return scottish(r, t.start(i), t.end(i));
    }
    return t.length(i) > 1;
  }

  /** {@code McCoy}, {@code MacLeod}, {@code DeLuca}: one more capital, after a prefix of names. */
  private static boolean scottish(Reading r, int start, int end) {
    int hump = start + 1;
    while (hump < end && Bytes.of(r.b[hump]) != Bytes.UPPER) {
      hump++;
    }
    int prefix = hump - start;
    if (end - hump < 3 || prefix < 2 || prefix > 3) {
      return false;
    }
    for (int k = hump + 1; k < end; k++) {
      if (Bytes.of(r.b[k]) == Bytes.UPPER) {
        return false;
      }
    }
    int a = r.b[start];
    int second = r.b[start + 1];
    return (a == 'M' && (second == 'c' || second == 'a'))
        || ((a == 'D' || a == 'L') && (second == 'e' || second == 'a' || second == 'i'))
        || (a == 'V' && second == 'a');
  }

  /** Whether another word of a name stands after this one. */
  private static boolean follows(Reading r, int i) {
    return r.t.near(i) && !r.t.touches(i) && written(r, i + 1);
  }

  /** The last token of a name that begins at {@code i}. */
  static int last(Reading r, int i) {
    Tokens t = r.t;
    int last = i;
    int words = 1;
    while (words < MOST_WORDS) {
      int next = next(r, last);
      if (next < 0
          || t.means(next, Lexicon.MONTH | Lexicon.WEEKDAY)
          || (t.means(next, Lexicon.FUNCTION) && t.length(next) > 1)) {
        break;
      }
      last = next;
      words++;
    }
    return last;
  }

  /** The next word of a name after token {@code i}: a capital, an initial, or a particle and a capital; -1 when none follows. */
  private static int next(Reading r, int i) {
    Tokens t = r.t;
    int k = i + 1;
    if (t.touches(i)
        && (t.kind(k) == '-' || t.kind(k) == '\'')
        && t.touches(k)
        && t.isWord(k + 1)
        && (t.looks(k + 1, Tokens.CAPITAL) || t.kind(k) == '-')
        && t.length(k + 1) > 1) {
      return k + 1;
    }
    if (t.kind(k) == '.' && t.touches(i) && t.length(i) == 1) {
      k++;
    }
    if (!t.isWord(k) || !t.near(k - 1) || (t.touches(k - 1) && k == i + 1)) {
      return -1;
    }
    if (t.looks(k, Tokens.CAPITAL)) {
      if (t.length(k) == 1) {
        return t.kind(k + 1) == '.' || t.kind(k + 1) == '\'' || written(r, k + 1) ? k : -1;
      }
      return written(r, k) || credential(r, k) ? k : -1;
    }
    return Particles.at(r, k) && t.near(k) && written(r, k + 1)
        ? k + 1
        : Particles.at(r, k)
                && Particles.at(r, k + 1)
                && t.near(k)
                && t.near(k + 1)
                && written(r, k + 2)
            ? k + 2
            : -1;
  }

  /** {@code PhD}, {@code MD}. */
  private static boolean credential(Reading r, int i) {
    int n = r.t.length(i);
    byte[] b = r.b;
    int s = r.t.start(i);
    return (n == 2 && b[s] == 'M' && b[s + 1] == 'D')
        || (n == 3 && b[s] == 'P' && b[s + 1] == 'h' && b[s + 2] == 'D')
        || (n == 3 && b[s] == 'D' && b[s + 2] == 'S');
  }

  private static int name(Reading r, int i, int last, int from) {
    int first = from;
    while (first > 0
        && r.t.near(first - 1)
        && !r.t.touches(first - 1)
        && Particles.at(r, first - 1)
        && r.t.length(first - 1) > 1
        && !r.t.means(first - 1, Lexicon.FUNCTION)
        && r.people) {
      first--;
    }
    if (r.t.means(last, Lexicon.STREET) && last > first && r.t.kind(last + 1) == Tokens.NUMBER) {
      return i;
    }
    boolean street = last > first && r.t.means(last, Lexicon.STREET) && r.t.length(last) > 3;
    r.found(r.t.start(first), r.t.end(last), street ? Identifier.GEO : Identifier.NAME);
    return last + 1;
  }
}
