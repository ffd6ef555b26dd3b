package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Keys;
import dev.phial.masking.lexicon.Keys.Fit;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/** Where a value ends that stands after its key in running text. */
final class KeyedValue {
  private static final int LONGEST = 512;

  private KeyedValue() {}

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
      return identifier == Identifier.NAME
          ? KeyedName.end(r, k, 2, true)
          : code(r, k, start, link, 1);
    }
    return switch (identifier) {
      case NAME -> KeyedName.end(r, k, link, fit == Fit.ANY);
      case GEO ->
        fit == Fit.PLACE
            ? KeyedAddress.end(r, k, link)
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
    int digits = WholeValue.digits(r.b, start, end);
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
    int digits = WholeValue.digits(r.b, start, end);
    return digits >= (link == 2 ? 4 : 9) && digits <= 11 ? end : start;
  }

  private static int phone(Reading r, int start, int link) {
    int from = r.at(start) == '+' ? start + 1 : start;
    int end = Phone.read(r, from);
    if (end > 0 && r.run.total >= 7 && r.run.total <= 15) {
      return Phones.extended(r, shorten(r, end));
    }
    int chunk = chunk(r, start);
    return WholeValue.digits(r.b, start, chunk) >= (link == 2 ? 4 : 7) ? chunk : start;
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
    return WholeValue.digits(r.b, start, end) >= (link == 2 ? 4 : 6)
            && r.t.kind(k) != '-'
            && r.b[start] != '/'
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
    return link == 2 && WholeValue.digits(r.b, start, chunk) >= 4 ? chunk : start;
  }

  private static int zip(Reading r, int k, int start, int link) {
    int end = chunk(r, start);
    int digits = WholeValue.digits(r.b, start, end);
    if (digits == 0) {
      return link == 2 ? town(r, k, link) : start;
    }
    if (link < 2 && (digits < 4 || end - start > 10)) {
      return start;
    }
    return end - start <= 24 ? end : start;
  }

  private static int town(Reading r, int k, int link) {
    return link < 2 || !r.t.looks(k, Tokens.CAPITAL) ? r.t.start(k) : KeyedName.end(r, k, 2, false);
  }
}
