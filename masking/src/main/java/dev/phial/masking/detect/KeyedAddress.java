package dev.phial.masking.detect;

import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Tokens;

/** Where an address ends that stands after its key in running text. */
final class KeyedAddress {
  private KeyedAddress() {}

  /** An address after its key: up to the next key, a bracket, or the end of the line. */
  static int end(Reading r, int k, int link) {
    Tokens t = r.t;
    int start = t.start(k);
    if (link == 0 && preposition(r, k)) {
      return start;
    }
    int stop = Math.min(t.count(), k + 32);
    int end = k;
    boolean digit = false;
    int i = k;
    while (i < stop) {
      int kind = t.kind(i);
      if (kind == '(' && t.looks(i + 1, Tokens.CAPITAL) && t.kind(i + 2) == ')') {
        i += 3;
        end = i - 1;
        continue;
      }
      if (kind == '\n'
          || kind == '('
          || kind == ';'
          || kind == '|'
          || kind == '&'
          || kind == '"'
          || kind == '='
          || kind == '<'
          || kind == '['
          || kind == ']'
          || kind == ')'
          || kind == '{'
          || kind == '}') {
        break;
      }
      if (kind == ':' || kind == '_' || kind == '@') {
        return start;
      }
      if (nextKey(r, i)
          || ((kind == '.' || kind == '?' || kind == '!')
              && r.people
              && !t.touches(i)
              && t.length(i - 1) > 4)) {
        break;
      }
      digit |= kind == Tokens.NUMBER || kind == Tokens.MIXED;
      if (kind != ',' && kind != '.' && kind != '-') {
        end = i;
      } else if (kind == '.' && t.touches(i - 1) && t.length(i - 1) <= 4 && i > k) {
        end = i;
      }
      i++;
    }
    if (!plausible(r, k, end, digit, link)) {
      return start;
    }
    return t.end(r.prose ? Places.tail(r, end) : end);
  }

  /** An ordinary word in small letters begins no address: {@code address of}. */
  private static boolean preposition(Reading r, int k) {
    return r.t.isWord(k)
        && r.ordinary(k)
        && !r.t.looks(k, Tokens.CAPITAL)
        && !r.t.means(k, Lexicon.STREET | Lexicon.BOX);
  }

  private static boolean plausible(Reading r, int k, int end, boolean digit, int link) {
    Tokens t = r.t;
    int first = t.kind(k);
    boolean dotted =
        t.kind(k + 1) == '.' && t.touches(k) && t.touches(k + 1) && t.kind(k + 2) != Tokens.WORD;
    if ((first != Tokens.WORD && first != Tokens.NUMBER && first != Tokens.MIXED) || dotted) {
      return false;
    }

    if (end == k) {
      return (first == Tokens.NUMBER && t.length(k) <= 6)
          || (first == Tokens.WORD && link == 2 && t.looks(k, Tokens.CAPITAL) && !r.ordinary(k));
    }
    int capitals = 0;
    for (int i = k; i <= end; i++) {
      capitals += t.looks(i, Tokens.CAPITAL | Tokens.ACCENTS) && !(r.ordinary(i) && i == k) ? 1 : 0;
    }
    if (digit
        && ((link > 0 && (capitals > 0 || first == Tokens.NUMBER || !r.ordinary(k)))
            || first == Tokens.NUMBER
            || t.means(k, Lexicon.STREET | Lexicon.BOX)
            || capitals > 0)) {
      return true;
    }
    return capitals >= 2 || (link == 2 && capitals == 1 && !r.ordinary(k));
  }

  /** Whether the next key begins here: {@code and acct no}, {@code , license:}. */
  private static boolean nextKey(Reading r, int i) {
    Tokens t = r.t;
    if ((t.isWord(i)
            && t.length(i) == 3
            && r.text.part(t.start(i), t.end(i)).equals("and")
            && t.isWord(i + 1)
            && t.means(i + 1, Lexicon.KEY | Lexicon.EVERYDAY)
            && !t.means(i + 1, Lexicon.STREET))
        || (t.isWord(i) && t.looks(i + 1, Tokens.HUMPS) && r.ordinary(i))) {
      return true;
    }
    int k = i;
    for (int words = 0; words < 4 && (t.isWord(k) || t.kind(k) == Tokens.MIXED); words++) {
      if (t.looks(k, Tokens.CAPITAL)
          && (!t.means(k, Lexicon.KEY) || t.means(k, Lexicon.STREET))
          && !t.looks(k, Tokens.HUMPS)) {
        return false;
      }
      int after = t.kind(k + 1);
      if (after == ':' || after == '=') {
        return true;
      }
      k += (after == '_' || after == '-' || after == '.') && t.touches(k) && t.touches(k + 1)
          ? 2
          : 1;
    }
    return false;
  }
}
