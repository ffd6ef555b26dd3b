package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Hash;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/** Telephone and fax numbers: the North American plan by its areas, others by {@code +} (ITU-T E.164) or by the words near them. */
final class Phones {
  private static final long FAX = Hash.word("fax");
  private static final long FACSIMILE = Hash.word("facsimile");

  private Phones() {}

  /** At {@code +} or {@code (}, or at a number. */
  static int at(Reading r, int i) {
    int start = r.t.start(i);
    if (start > r.from && Bytes.isWord(r.b[start - 1]) && r.t.kind(i) != '(') {
      return i;
    }
    int end = end(r, i, start);
    if (end < 0) {
      return i;
    }
    r.found(start, end, kind(r, i, end));
    return r.t.after(i, end);
  }

  private static int end(Reading r, int i, int start) {
    byte first = r.b[start];
    if (first == '+') {
      return international(r, start, r.prose || r.before(i, Lexicon.PHONE));
    }
    int spread = dialled(r, start);
    if (spread < 0 || r.run.total < 6) {
      return -1;
    }
    boolean cued = labelled(r, i, spread) || r.before(i, Lexicon.PHONE);
    if (northAmerican(r.run)) {
      boolean written = first == '(' || (r.run.groups > 1 && !r.run.separatedBy((byte) ' '));
      return written || cued ? spread : -1;
    }
    return cued && anywhere(r, first) ? spread : -1;
  }

  /** {@code +}, then 8 to 15 digits. */
  private static int international(Reading r, int start, boolean cued) {
    int end = dialled(r, start + 1);
    int digits = r.run.total;
    return end > 0 && digits >= (cued ? 7 : 8) && digits <= 15 ? end : -1;
  }

  /** Where the number ends that is dialled from {@code start} on, its digits in the run; -1 when there is none. */
  private static int dialled(Reading r, int start) {
    int i = start;
    int end = Phone.read(r, i);
    if (end < 0 || joined(r, end)) {
      return -1;
    }
    return extended(r, end);
  }

  private static boolean joined(Reading r, int end) {
    byte next = r.at(end);
    if (next == '_' || next == '%') {
      return true;
    }
    if ((Bytes.isLetter(next) && next != 'x' && next != 'e')
        || (next == ':' && r.digitAt(end + 1))) {
      return true;
    }
    return (next == '-' || next == '.' || next == '/')
        && r.wordAt(end + 1)
        && !Bytes.isLetter(r.b[end + 1]);
  }

  /** {@code x060}, {@code ext. 12}. */
  static int extended(Reading r, int end) {
    int i = r.at(end) == ' ' ? end + 1 : end;
    if (r.at(i) == 'e' && r.at(i + 1) == 'x' && r.at(i + 2) == 't') {
      i += r.at(i + 3) == '.' ? 4 : 3;
    } else if (r.at(i) == 'x') {
      i++;
    } else {
      return end;
    }
    if (r.at(i) == ' ') {
      i++;
    }
    int digits = i;
    while (r.digitAt(i)) {
      i++;
    }
    return i > digits && i - digits <= 6 ? i : end;
  }

  private static boolean northAmerican(DigitRun run) {
    int first = run.total == 11 && run.digit(0) == 1 ? 1 : 0;
    if (run.total - first != 10 || run.digit(first) < 2) {
      return false;
    }
    return run.groups == 1
        || (run.groups == 3 + first && run.length(first) == 3 && run.length(first + 1) == 3)
        || (run.groups == 2 && run.length(0) == 3 + first && run.length(1) == 7);
  }

  /** What is a number in some country, when words near by say that it is one. */
  private static boolean anywhere(Reading r, byte first) {
    DigitRun run = r.run;
    if (run.total < (run.groups > 1 ? 6 : 7) || run.total > 13) {
      return false;
    }
    if (run.groups > 1 && run.separatedBy((byte) '.') && (run.total < 7 || run.length(0) == 1)) {
      return false; // a version
    }
    if (Dates.numeric(r, run.start) > 0) {
      return false;
    }
    return run.groups > 1 || first == '0' || run.total <= 10;
  }

  /** {@code 24 428557-Office}. */
  private static boolean labelled(Reading r, int i, int end) {
    int next = r.t.after(i, end);
    return (r.t.kind(next) == '-' && r.t.means(next + 1, Lexicon.PHONE))
        || (r.t.means(next, Lexicon.PHONE) && r.t.near(next - 1));
  }

  private static Identifier kind(Reading r, int i, int end) {
    Tokens t = r.t;
    int next = t.after(i, end);
    if ((t.kind(next) == '-' && fax(t, next + 1)) || fax(t, next)) {
      return Identifier.FAX;
    }
    for (int k = i - 1; k >= Math.max(0, i - 4); k--) {
      if (fax(t, k)) {
        return Identifier.FAX;
      }
    }
    return Identifier.PHONE;
  }

  private static boolean fax(Tokens t, int i) {
    return t.isWord(i) && (t.hash(i) == FAX || t.hash(i) == FACSIMILE);
  }
}
