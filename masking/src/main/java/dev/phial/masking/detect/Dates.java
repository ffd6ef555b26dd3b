package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/** Dates in the forms that people and machines write, with the time after them. */
final class Dates {
  /** An event's own time stands this near to its beginning, in bytes. */
  private static final int HEAD = 80;

  private Dates() {}

  /** At a number. */
  static int at(Reading r, int i) {
    int start = r.t.start(i);
    if (joinedBefore(r, start)) {
      return i;
    }
    int end = numeric(r, start);
    if (end < 0) {
      end = dayFirst(r, i);
    }
    return end < 0 ? i : found(r, i, start, end);
  }

  /** At the name of a month. */
  static int month(Reading r, int i) {
    int end = monthFirst(r, i);
    if (end < 0) {
      return i;
    }
    int first = r.t.means(i - 1, Lexicon.WEEKDAY) ? i - 1 : i;
    return found(r, i, r.t.start(first), end);
  }

  /** At the name of a weekday, in a sentence. */
  static int weekday(Reading r, int i) {
    if (!r.prose || (!r.t.looks(i, Tokens.CAPITAL) && r.t.kind(i + 1) == '=')) {
      return i;
    }
    r.found(r.t.start(i), r.t.end(i), Identifier.DATE);
    return i + 1;
  }

  private static int found(Reading r, int i, int start, int end) {
    int whole = timeAfter(r, end);
    if (!(whole > end && clock(r, start))) {
      r.found(start, whole, Identifier.DATE);
    }
    return r.t.after(i, whole);
  }

  /** Whether the event's own time stands here. */
  private static boolean clock(Reading r, int start) {
    return r.head && !r.people && start - r.from < HEAD;
  }

  private static boolean joinedBefore(Reading r, int start) {
    byte before = r.at(start - 1);
    return (before == '-' && r.wordAt(start - 2))
        || (before == '.' && r.digitAt(start - 2))
        || before == '_'
        || (before == '/' && r.wordAt(start - 2));
  }

  private static boolean joinedAfter(Reading r, int end) {
    byte next = r.at(end);
    return next == '_'
        || ((next == '-' || next == '.' || next == '/') && r.digitAt(end + 1))
        || (Bytes.isLetter(next) && next != 'T' && next != 'Z');
  }

  /** A date in digits from {@code start} on: where it ends, or -1. */
  static int numeric(Reading r, int start) {
    int a = digits(r, start, 4);
    byte s = r.at(start + a);
    if (a == 0 || (s != '-' && s != '/' && s != '.')) {
      return -1;
    }
    int second = start + a + 1;
    int n = digits(r, second, 2);
    if (n == 0 || r.at(second + n) != s) {
      return -1;
    }
    int third = second + n + 1;
    int m = digits(r, third, 4);
    int end = third + m;
    if (m == 0 || r.digitAt(end) || joinedAfter(r, end)) {
      return -1;
    }
    return fits(r, start, a, second, n, third, m, s) ? end : -1;
  }

  private static boolean fits(
      Reading r, int start, int a, int second, int n, int third, int m, byte s) {
    int x = value(r, start, a);
    int y = value(r, second, n);
    int z = value(r, third, m);
    if (a == 4) {
      return year(x) && y >= 1 && y <= 12 && z >= 1 && z <= 31 && m <= 2;
    }
    if (a > 2
        || (m != 4 && m != 2)
        || (m == 4 && !year(z))
        || (m == 2 && s != '/' && (a < 2 || n < 2))) {
      return false;
    }
    if (m == 2 && a == 2 && s == '/' && y >= 1 && y <= 12 && z >= 1 && z <= 31 && x <= 99) {
      return true;
    }
    return x >= 1 && y >= 1 && ((x <= 12 && y <= 31) || (x <= 31 && y <= 12));
  }

  static boolean year(int y) {
    return y >= 1850 && y <= 2199;
  }

  private static int digits(Reading r, int from, int most) {
    int n = 0;
    while (n < most && r.digitAt(from + n)) {
      n++;
    }
    return n;
  }

  private static int value(Reading r, int from, int n) {
    int v = 0;
    for (int k = 0; k < n; k++) {
      v = v * 10 + r.b[from + k] - '0';
    }
    return v;
  }

  /** {@code 19840706}, optionally with the time right behind it, as HL7 has it: where it ends, or -1. */
  static int compact(Reading r, int start) {
    int n = digits(r, start, 15);
    if (n != 8 && n != 10 && n != 12 && n != 14) {
      return -1;
    }
    int month = value(r, start + 4, 2);
    int day = value(r, start + 6, 2);
    return year(value(r, start, 4)) && month >= 1 && month <= 12 && day >= 1 && day <= 31
        ? start + n
        : -1;
  }

  /** {@code 9 Aug 1983}, {@code 9th of August, 1983}, {@code 09-Aug-83}, {@code 10/Oct/2000}. */
  private static int dayFirst(Reading r, int i) {
    Tokens t = r.t;
    int day = t.length(i) <= 2 ? value(r, t.start(i), t.length(i)) : 0;
    if (day < 1 || day > 31) {
      return -1;
    }
    return monthThen(r, i + 1);
  }

  private static int monthThen(Reading r, int next) {
    Tokens t = r.t;
    int k = next;
    if (t.kind(k) == '-' || t.kind(k) == '/' || t.kind(k) == '.') {
      k++;
    }
    if (t.isWord(k) && t.length(k) == 2 && t.touches(k - 1)) {
      k++; // st, nd, rd, th
    }
    if (t.isWord(k) && t.length(k) == 2 && r.b[t.start(k)] == 'o') {
      k++; // of
    }
    if (!t.means(k, Lexicon.MONTH) || !t.near(k - 1)) {
      return -1;
    }
    int end = t.end(k);
    int y = k + 1;
    if (t.kind(y) == '.' || t.kind(y) == ',' || t.kind(y) == '-' || t.kind(y) == '/') {
      y++;
    }
    if (t.kind(y) == Tokens.NUMBER
        && ((t.length(y) == 4 && year(value(r, t.start(y), 4)))
            || (t.length(y) == 2 && t.kind(y - 1) == '-'))) {
      return t.end(y);
    }
    return t.kind(k - 1) == '-' || (t.length(k) > 3 && t.looks(k, Tokens.CAPITAL)) || r.prose
        ? end
        : -1;
  }

  /** A date with the month's name, from token {@code i} on: where it ends, or -1. */
  static int named(Reading r, int i) {
    if (r.t.kind(i) == Tokens.NUMBER) {
      return dayFirst(r, i);
    }
    return r.t.means(i, Lexicon.MONTH) ? monthFirst(r, i) : -1;
  }

  /** {@code Aug 9, 1983}, {@code August 9th}, {@code August 1983}. */
  private static int monthFirst(Reading r, int i) {
    Tokens t = r.t;
    int d = t.kind(i + 1) == '.' ? i + 2 : i + 1;
    int kind = t.kind(d);
    if (!t.near(d - 1) && !(kind == Tokens.NUMBER && t.start(d) - t.end(d - 1) == 2)) {
      return -1;
    }
    if (kind == Tokens.NUMBER && t.length(d) == 4 && year(value(r, t.start(d), 4))) {
      return t.looks(i, Tokens.CAPITAL) || r.prose ? t.end(d) : -1;
    }
    int n = kind == Tokens.NUMBER || kind == Tokens.MIXED ? digits(r, t.start(d), 3) : 0;
    int day = n == 0 || n > 2 ? 0 : value(r, t.start(d), n);
    if (day < 1 || day > 31 || t.length(d) - n > 2) {
      return -1;
    }
    int y = t.kind(d + 1) == ',' ? d + 2 : d + 1;
    if (t.kind(y) == Tokens.NUMBER
        && t.length(y) == 4
        && t.near(y - 1)
        && year(value(r, t.start(y), 4))) {
      return t.end(y);
    }
    return t.end(d);
  }

  /** Where the time of day ends that follows a date, or {@code end} when none does. */
  static int timeAfter(Reading r, int end) {
    int i = end;
    byte sep = r.at(i);
    if (sep == 'T' || sep == ' ' || sep == 't' || sep == ':' || sep == '_' || sep == '-') {
      i++;
    } else if (sep == ',' && r.at(i + 1) == ' ') {
      i += 2;
    } else if (sep != 0 || i < r.to) {
      return end;
    }
    int time = time(r, i);
    return time < 0 ? end : yearAfter(r, time);
  }

  /** {@code Mon Dec 05 13:47:11 2005}. */
  private static int yearAfter(Reading r, int end) {
    return r.at(end) == ' ' && digits(r, end + 1, 5) == 4 && year(value(r, end + 1, 4))
        ? end + 5
        : end;
  }

  private static int time(Reading r, int start) {
    int h = digits(r, start, 2);
    if (h == 0 || r.at(start + h) != ':' || value(r, start, h) > 24) {
      return -1;
    }
    int i = start + h + 1;
    int m = digits(r, i, 2);
    if (m == 0 || value(r, i, m) > 59) {
      return -1;
    }
    i += m;
    if (r.at(i) == ':' && r.digitAt(i + 1)) {
      i += 1 + digits(r, i + 1, 2);
      if ((r.at(i) == '.' || r.at(i) == ',' || r.at(i) == ':') && r.digitAt(i + 1)) {
        i += 1 + digits(r, i + 1, 9);
      }
    }
    return zone(r, i);
  }

  private static int zone(Reading r, int end) {
    if (r.at(end) == 'Z') {
      return end + 1;
    }
    int i = r.at(end) == ' ' && (r.at(end + 1) == '+' || r.at(end + 1) == '-') ? end + 1 : end;
    if (r.at(i) == '+' || r.at(i) == '-') {
      int n = digits(r, i + 1, 4);
      if (n == 4 || (n == 2 && r.at(i + 3) != ':')) {
        return i + 1 + n;
      }
      if (n == 2 && digits(r, i + 4, 2) == 2) {
        return i + 6;
      }
    }
    if (r.at(end) == ' '
        && (r.at(end + 1) == 'A'
            || r.at(end + 1) == 'P'
            || r.at(end + 1) == 'a'
            || r.at(end + 1) == 'p')
        && (r.at(end + 2) | 0x20) == 'm'
        && !r.wordAt(end + 3)) {
      return end + 3;
    }
    return end;
  }
}
