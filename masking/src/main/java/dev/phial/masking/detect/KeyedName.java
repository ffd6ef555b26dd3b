package dev.phial.masking.detect;

import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Tokens;

/** Where a person's name ends that stands after its key in running text. */
final class KeyedName {
  static final int MOST_WORDS = 6;

  private KeyedName() {}

  /**
   * The end of the name that begins at token {@code k}; its start when none does.
   *
   * @param strong whether the key is for names and nothing else
   */
  static int end(Reading r, int k, int link, boolean strong) {
    Tokens t = r.t;
    int start = t.start(k);
    if (!t.isWord(k) || !first(r, k, link, strong)) {
      return start;
    }
    int last = k;
    int words = 1;
    while (words < MOST_WORDS) {
      int next = next(r, last, strong);
      if (next < 0) {
        break;
      }
      last = next;
      words++;
    }
    int sign = t.kind(last + 1);
    if (t.touches(last)
        && (sign == '_'
            || sign == '/'
            || (sign == '.' && t.touches(last + 1))
            || (sign == ':' && t.touches(last + 1))
            || sign == '('
            || sign == '$'
            || (sign == '\\' && last == k && !strong)
            || sign == '='
            || sign == '@'
            || sign == '#')) {
      return strong && last == k && link == 2 && sign != '=' && sign != '@'
          ? KeyedValue.chunk(r, start)
          : start;
    }
    return t.kind(last + 1) == '.' && t.length(last) == 1 ? t.end(last + 1) : t.end(last);
  }

  private static boolean first(Reading r, int k, int link, boolean strong) {
    Tokens t = r.t;
    if ((t.looks(k, Tokens.HUMPS) && !strong) || (t.kind(k + 1) == '=' && t.touches(k))) {
      return false;
    }
    boolean ordinary = r.ordinary(k) || t.means(k, Lexicon.KEY);
    if (strong && link == 2) {
      return true;
    }
    if (t.looks(k, Tokens.CAPITAL)) {
      return !ordinary
          || (t.means(k, Lexicon.NAME)
              && (link == 2 || (t.isWord(k + 1) && t.looks(k + 1, Tokens.CAPITAL)) || strong));
    }
    return !ordinary && t.length(k) > 2 && (link > 0 || !r.prose || t.means(k, Lexicon.NAME));
  }

  private static int next(Reading r, int last, boolean strong) {
    Tokens t = r.t;
    int k = last + 1;
    if (t.kind(k) == '.' && t.touches(last) && t.length(last) <= 2) {
      k++;
    } else if (t.kind(k) == '.' && t.touches(last) && t.means(last, Lexicon.TITLE)) {
      k++;
    } else if ((t.kind(k) == '-' || t.kind(k) == '\'')
        && t.touches(last)
        && t.touches(k)
        && t.isWord(k + 1)) {
      return k + 1;
    } else if (t.kind(k) == ','
        && strong
        && t.isWord(k + 1)
        && t.looks(k + 1, Tokens.CAPITAL)
        && !labels(r, k + 1)
        && !t.means(k + 1, Lexicon.EVERYDAY)) {
      return k + 1;
    }
    if (!t.isWord(k)
        || t.start(k) - t.end(k - 1) > 1
        || (t.touches(k - 1) && t.kind(k - 1) != '.')
        || labels(r, k)) {
      return -1;
    }
    if (t.looks(k, Tokens.CAPITAL)) {
      return t.means(k, Lexicon.FUNCTION) && t.length(k) > 1 ? -1 : k;
    }
    boolean word = r.ordinary(k) || t.means(k, Lexicon.KEY | Lexicon.FUNCTION);
    return word ? particle(r, k) ? k + 1 : -1 : k;
  }

  /** In the middle of a name only. */
  private static boolean particle(Reading r, int k) {
    Tokens t = r.t;
    return Particles.at(r, k) && t.isWord(k + 1) && t.looks(k + 1, Tokens.CAPITAL) && t.near(k);
  }

  private static boolean labels(Reading r, int k) {
    int sign = r.t.kind(k + 1);
    return sign == '=' || sign == ':';
  }
}
