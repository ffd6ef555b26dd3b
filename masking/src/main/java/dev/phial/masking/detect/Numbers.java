package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/** What begins with digits: each kind by its own form, areas and check digits, the weak ones only where words near by call for them. */
final class Numbers {
  private Numbers() {}

  static int at(Reading r, int i) {
    int start = r.t.start(i);
    int length = r.t.length(i);
    if (length < 9 && dull(r, i)) {
      return i;
    }
    boolean joined = joined(r, start);
    if (length <= 3 && r.at(r.t.end(i)) == '.') {
      int next = Internet.ipv4(r, i);
      if (next > i) {
        return next;
      }
    }
    if (length <= 4) {
      int next = Internet.hexToken(r, i) ? Internet.colons(r, i) : i;
      if (next == i) {
        next = Dates.at(r, i);
      }
      if (next > i) {
        return next;
      }
    }
    if (joined) {
      return skip(r, i);
    }
    r.run.read(r.b, start, r.to, false);
    if (touched(r, r.run.end)) {
      return Places.house(r, i);
    }
    int end = written(r, i);
    if (end > 0) {
      return r.t.after(i, end);
    }
    int next = spaced(r, i);
    if (next == i) {
      next = Phones.at(r, i);
    }
    if (next == i) {
      next = Places.house(r, i);
    }
    return next > i ? next : skip(r, i);
  }

  /** Most numbers of logs are times, ports and counts: short, and nothing of the kind that would go on goes on. */
  private static boolean dull(Reading r, int i) {
    int end = r.t.end(i);
    byte next = r.at(end);
    if (next == ':') {
      return r.t.length(i) > 4 || (Bytes.hex(r.at(end + 1)) < 0 && r.at(end + 1) != ':');
    }
    if (next == '-' || next == '.' || next == '/') {
      return !r.wordAt(end + 1);
    }
    if (next == ' ') {
      return !r.digitAt(end + 1)
          && !(r.prose || r.t.looks(i + 1, Tokens.CAPITAL) || r.t.means(i + 1, Lexicon.MONTH))
          && !zipLike(r, i);
    }
    return !r.prose && !zipLike(r, i);
  }

  private static boolean zipLike(Reading r, int i) {
    return r.t.length(i) == 5 && (r.t.means(i - 1, Lexicon.STATE) || r.t.kind(i - 1) == ',');
  }

  /** A number of many groups, such as an object identifier or a UUID's tail, is looked at once and not group by group. */
  private static int skip(Reading r, int i) {
    int k = i;
    while (r.t.touches(k)
        && (r.t.kind(k + 1) == '.' || r.t.kind(k + 1) == '_')
        && r.t.touches(k + 1)
        && r.t.kind(k + 2) == Tokens.NUMBER) {
      k += 2;
    }
    return k + 1;
  }

  private static boolean joined(Reading r, int start) {
    byte before = r.at(start - 1);
    if (before == '_'
        || (before == '.' && r.wordAt(start - 2))
        || before == '%'
        || before == '\\') {
      return true;
    }
    return ((before == '-' || before == '/' || before == '#') && r.wordAt(start - 2))
        || before == '$';
  }

  /** Whether the run goes on as something that is no number. */
  private static boolean touched(Reading r, int end) {
    byte next = r.at(end);
    if (end >= r.to) {
      return false;
    }
    return (Bytes.isLetter(next) && next != 'x')
        || next == '_'
        || ((next == '-' || next == '.' || next == '/' || next == ':')
            && r.wordAt(end + 1)
            && !(next == ':' && r.run.total > 11)
            && !Bytes.isLetter(r.b[end + 1]));
  }

  /** Forms without spaces: where the number ends that was found, or -1. */
  private static int written(Reading r, int i) {
    DigitRun run = r.run;
    if (run.groups == 3 && run.is(3, 2, 4) && run.sameSeparators()) {
      boolean dashes = run.separator(0) == '-';
      if ((SocialSecurity.valid(run) && (dashes || r.about(i, Lexicon.SSN)))
          || (dashes && r.about(i, Lexicon.SSN))) {
        r.found(run.start, run.end, Identifier.SSN);
        return run.end;
      }
    }
    if (run.total >= 12 && Cards.printed(run) && Cards.valid(run)) {
      r.found(run.start, run.end, Identifier.ACCOUNT);
      return run.end;
    }
    return run.groups == 1 ? bare(r, i) : zipPlus4(r, i);
  }

  private static int bare(Reading r, int i) {
    DigitRun run = r.run;
    switch (run.total) {
      case 5 -> {
        return zip(r, i) ? hit(r, Identifier.GEO) : -1;
      }
      case 9 -> {
        return r.before(i, Lexicon.SSN) && SocialSecurity.valid(run) ? hit(r, Identifier.SSN) : -1;
      }
      case 10 -> {
        return run.digit(0) <= 2
                && run.digit(0) > 0
                && run.luhn(0, 10, 24)
                && r.about(i, Lexicon.NPI)
            ? hit(r, Identifier.LICENSE)
            : -1;
      }
      default -> {
        return run.total >= 12
                && run.total <= 19
                && run.luhn(0, run.total, 0)
                && r.before(i, Lexicon.CARD)
            ? hit(r, Identifier.ACCOUNT)
            : -1;
      }
    }
  }

  private static int hit(Reading r, Identifier kind) {
    r.found(r.run.start, r.run.end, kind);
    return r.run.end;
  }

  /** Five digits are a ZIP code after a state, or where words near by speak of an address. */
  private static boolean zip(Reading r, int i) {
    int before = r.t.kind(i - 1) == ',' ? i - 2 : i - 1;
    if (r.t.means(before, Lexicon.STATE)
        && r.t.looks(before, Tokens.CAPITALS)
        && r.t.length(before) == 2
        && !Bytes.isDigit(r.at(r.t.start(before) - 1))) {
      return r.prose || r.t.kind(before - 1) == ',' || r.t.means(before - 1, Lexicon.CITY);
    }
    return r.prose && r.before(i, Lexicon.PLACE);
  }

  private static int zipPlus4(Reading r, int i) {
    return r.run.is(5, 4) && r.run.separator(0) == '-' && (zip(r, i) || r.before(i, Lexicon.PLACE))
        ? hit(r, Identifier.GEO)
        : -1;
  }

  /** Forms with spaces. */
  private static int spaced(Reading r, int i) {
    if (r.at(r.t.end(i)) != ' ' || !r.digitAt(r.t.end(i) + 1)) {
      return i;
    }
    DigitRun run = r.run;
    run.read(r.b, r.t.start(i), r.to, true);
    if (run.groups >= 3
        && run.length(0) == 3
        && run.length(1) == 2
        && run.length(2) == 4
        && run.separator(0) == ' '
        && run.separator(1) == ' ') {
      int end = run.groupEnd(2);
      if (SocialSecurity.valid(run) && (r.about(i, Lexicon.SSN) || (r.prose && run.groups == 3))) {
        r.found(run.start, end, Identifier.SSN);
        return r.t.after(i, end);
      }
    }
    if (run.groups >= 3 && !touched(r, run.end) && Cards.printed(run) && Cards.valid(run)) {
      r.found(run.start, run.end, Identifier.ACCOUNT);
      return r.t.after(i, run.end);
    }
    return i;
  }
}
