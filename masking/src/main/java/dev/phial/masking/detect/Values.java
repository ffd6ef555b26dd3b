package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Hash;
import dev.phial.masking.lexicon.Keys;
import dev.phial.masking.lexicon.Keys.Fit;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;
import java.util.Set;

/** What the value of a key looks like, and where it ends in running text. */
final class Values {
  private static final int LONGEST = 512;
  private static final int MOST_NAME_WORDS = 6;
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

  private Values() {}

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

  // ---- whole values
  // ----------------------------------------------------------------------------------------------------

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

  private static int digits(byte[] b, int from, int to) {
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
    return person && words <= MOST_NAME_WORDS + 2 && !dotted(b, from, to);
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

  // ---- running text
  // ----------------------------------------------------------------------------------------------------

  /**
   * Where the value ends that begins at token {@code k}; not after its start when none does.
   *
   * @param link 0 when it only stands after its key, 1 after {@code is}, 2 after {@code =} or {@code :}
   */
  static int end(Reading r, int k, int meaning, int link) {
    int start = r.t.start(k);
    int end = ending(r, k, start, meaning, link);
    return Math.min(end, r.to);
  }

  private static int ending(Reading r, int k, int start, int meaning, int link) {
    Identifier identifier = Keys.identifier(meaning);
    Fit fit = Keys.fit(meaning);
    if (Keys.element(meaning) >= 0) {
      return identifier == Identifier.NAME ? name(r, k, 2, true) : code(r, k, start, link, 1);
    }
    return switch (identifier) {
      case NAME -> name(r, k, link, fit == Fit.ANY);
      case GEO ->
        fit == Fit.PLACE
            ? address(r, k, link)
            : fit == Fit.WORDS ? town(r, k, link) : zip(r, k, start, link);
      case DATE -> fit == Fit.CLOCK || fit == Fit.NONE ? start : date(r, k, start, link);
      case SSN -> social(r, start, link);
      case PHONE, FAX -> phone(r, start, link);
      case EMAIL -> email(r, start);
      case IP -> ip(r, start);
      case URL, PHOTO -> link == 2 ? path(r, start) : start;
      case ACCOUNT -> account(r, k, start, link);
      default -> fit == Fit.NONE ? start : code(r, k, start, link, fit == Fit.ANY ? 2 : 4);
    };
  }

  /** Up to a space, a quote, or a sign that parts values. */
  static int chunk(Reading r, int start) {
    int i = start;
    int round = 0;
    int stop = Math.min(r.to, start + LONGEST);
    while (i < stop) {
      byte b = r.b[i];
      if ((b >= 0 && b <= ' ')
          || b == '"'
          || b == '\''
          || b == ','
          || b == ';'
          || b == '|'
          || b == '&'
          || b == '<'
          || b == '>'
          || b == '{'
          || b == '}'
          || b == '['
          || b == ']'
          || b == '\\') {
        break;
      }
      if (b == '=' && r.wordAt(i + 1)) {
        break;
      }
      if (b == '(') {
        if (!r.digitAt(i + 1)) {
          break;
        }
        round++;
      } else if (b == ')' && --round < 0) {
        break;
      }
      i++;
    }
    while (i > start
        && (r.b[i - 1] == '.' || r.b[i - 1] == ':' || r.b[i - 1] == '?' || r.b[i - 1] == '!')) {
      i--;
    }
    return i;
  }

  private static int code(Reading r, int k, int start, int link, int least) {
    int end = chunk(r, start);
    int digits = digits(r.b, start, end);
    if (end - start < least
        || (digits == 0
            && !(link == 2 && (least <= 1 || (least == 2 && r.t.looks(k, Tokens.CAPITALS)))))) {
      return start;
    }
    if ((link < 2 && (end - start < 5 || digits < 2))
        || r.b[start] == '/'
        || r.b[start] == '-'
        || (r.b[start] == '0' && r.at(start + 1) == 'x')) {
      return start;
    }
    return r.t.kind(k) == Tokens.WORD
            || r.t.kind(k) == Tokens.NUMBER
            || r.t.kind(k) == Tokens.MIXED
            || r.t.kind(k) == '('
            || r.t.kind(k) == '*'
            || r.t.kind(k) == '#'
            || r.t.kind(k) == '+'
        ? end
        : start;
  }

  private static int path(Reading r, int start) {
    int i = start;
    while (i < r.to
        && !Bytes.isSpace(r.b[i])
        && r.b[i] != '"'
        && r.b[i] != ','
        && r.b[i] != '\''
        && r.b[i] != ')'
        && r.b[i] != ']') {
      i++;
    }
    return i - start >= 4 && i - start <= LONGEST ? i : start;
  }

  private static int social(Reading r, int start, int link) {
    r.run.read(r.b, start, r.to, true);
    DigitRun run = r.run;
    if (run.groups >= 1 && run.length(0) == 9) {
      return run.groupEnd(0);
    }
    if (run.groups >= 3 && run.length(0) == 3 && run.length(1) == 2 && run.length(2) == 4) {
      return run.groupEnd(2);
    }
    int end = chunk(r, start);
    int digits = digits(r.b, start, end);
    return digits >= (link == 2 ? 4 : 9) && digits <= 11 ? end : start;
  }

  private static int phone(Reading r, int start, int link) {
    int from = r.at(start) == '+' ? start + 1 : start;
    int end = Phone.read(r, from);
    if (end > 0 && r.run.total >= 7 && r.run.total <= 15) {
      return Phones.extended(r, shorten(r, end));
    }
    int chunk = chunk(r, start);
    return digits(r.b, start, chunk) >= (link == 2 ? 4 : 7) ? chunk : start;
  }

  /** Without what stands after the number: {@code 815-393-6270 200 1554}. */
  private static int shorten(Reading r, int end) {
    DigitRun run = r.run;
    if (run.groups <= 1 || run.end != end) {
      return end;
    }
    int digits = 0;
    for (int g = 0; g < run.groups; g++) {
      digits += run.length(g);
      int first = run.digit(0) == 1 ? 11 : 10;
      if (digits == first && g + 1 < run.groups && run.separator(g) == ' ') {
        return run.groupEnd(g);
      }
    }
    return end;
  }

  private static int email(Reading r, int start) {
    int end = chunk(r, start);
    for (int i = start + 1; i < end; i++) {
      if (r.b[i] == '@' || (r.b[i] == '%' && r.at(i + 1) == '4' && r.at(i + 2) == '0')) {
        return end;
      }
    }
    return start;
  }

  /** IPv6 is found by its own form. */
  private static int ip(Reading r, int start) {
    return Math.max(start, Internet.dotted(r, start));
  }

  private static int account(Reading r, int k, int start, int link) {
    r.run.read(r.b, start, r.to, true);
    DigitRun run = r.run;
    if (run.groups >= 4
        && run.length(0) == 4
        && run.separator(0) == ' '
        && run.length(1) == 4
        && run.length(2) == 4) {
      int last = run.groups > 4
              && run.length(3) == 4
              && run.separator(3) == ' '
              && run.length(4) <= 3
              && Cards.valid(run)
          ? 4
          : 3;
      return run.groupEnd(last);
    }
    int end = chunk(r, start);
    return digits(r.b, start, end) >= (link == 2 ? 4 : 6) && r.t.kind(k) != '-' && r.b[start] != '/'
        ? end
        : start;
  }

  private static int date(Reading r, int k, int start, int link) {
    int end = Dates.numeric(r, start);
    if (end < 0) {
      end = Dates.compact(r, start);
    }
    if (end < 0) {
      end = Dates.named(r, k);
    }
    if (end > 0) {
      return Dates.timeAfter(r, end);
    }
    int chunk = chunk(r, start);
    return link == 2 && digits(r.b, start, chunk) >= 4 ? chunk : start;
  }

  private static int zip(Reading r, int k, int start, int link) {
    int end = chunk(r, start);
    int digits = digits(r.b, start, end);
    if (digits == 0) {
      return link == 2 ? town(r, k, link) : start;
    }
    if (link < 2 && (digits < 4 || end - start > 10)) {
      return start;
    }
    return end - start <= 24 ? end : start;
  }

  private static int town(Reading r, int k, int link) {
    return link < 2 || !r.t.looks(k, Tokens.CAPITAL) ? r.t.start(k) : name(r, k, 2, false);
  }

  /** A person's name after its key. */
  private static int name(Reading r, int k, int link, boolean strong) {
    Tokens t = r.t;
    int start = t.start(k);
    if (!t.isWord(k) || !first(r, k, link, strong)) {
      return start;
    }
    int last = k;
    int words = 1;
    while (words < MOST_NAME_WORDS) {
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
          ? chunk(r, start)
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

  /** {@code van}, {@code de}: in the middle of a name only. */
  private static boolean particle(Reading r, int k) {
    Tokens t = r.t;
    if (t.length(k) > 3 || !t.isWord(k + 1) || !t.looks(k + 1, Tokens.CAPITAL) || !t.near(k)) {
      return false;
    }
    return switch (r.text.part(t.start(k), t.end(k))) {
      case "van",
          "von",
          "der",
          "den",
          "de",
          "di",
          "da",
          "do",
          "dos",
          "du",
          "la",
          "le",
          "el",
          "del",
          "al",
          "bin" -> true;
      default -> false;
    };
  }

  private static boolean labels(Reading r, int k) {
    int sign = r.t.kind(k + 1);
    return sign == '=' || sign == ':';
  }

  /** An address after its key: up to the next key, a bracket, or the end of the line. */
  private static int address(Reading r, int k, int link) {
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
