package dev.phial.masking.detect;

import dev.phial.masking.Identifier;
import dev.phial.masking.lexicon.Lexicon;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Tokens;

/** What is of letters and digits: Medicare numbers, vehicles, DEA numbers, bank accounts, devices' UDI. */
final class Codes {
  private static final String VIN_VALUES = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ";
  private static final int[] VIN_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

  private Codes() {}

  static int at(Reading r, int i) {
    Tokens t = r.t;
    int start = t.start(i);
    int end = t.end(i);
    if (joined(r, start, end)) {
      return medicareWithDashes(r, i);
    }
    switch (end - start) {
      case 11 -> {
        if (medicare(r.b, start)) {
          return found(r, i, start, end, Identifier.HEALTH_PLAN);
        }
      }
      case 17 -> {
        if (vin(r.b, start) && (vinChecked(r.b, start) || r.about(i, Lexicon.VEHICLE))) {
          return found(r, i, start, end, Identifier.VEHICLE);
        }
      }
      case 9 -> {
        if (dea(r.b, start) && r.about(i, Lexicon.DEA)) {
          return found(r, i, start, end, Identifier.LICENSE);
        }
      }
      default -> {
        // longer and shorter ones are looked at below
      }
    }
    if (recordNumber(r.b, start, end)) {
      return found(r, i, start, end, Identifier.MRN);
    }
    return iban(r, i);
  }

  private static int found(Reading r, int i, int start, int end, Identifier kind) {
    r.found(start, end, kind);
    return i + 1;
  }

  private static boolean joined(Reading r, int start, int end) {
    byte before = r.at(start - 1);
    byte after = r.at(end);
    return ((before == '-' || before == '_' || before == '.') && r.wordAt(start - 2))
        || ((after == '-' || after == '_' || after == '.') && r.wordAt(end + 1));
  }

  /** The Medicare Beneficiary Identifier: position by position as CMS gives it, without S, L, O, I, B and Z. */
  static boolean medicare(byte[] b, int from) {
    String form = "CAxNAxNAANN";
    for (int k = 0; k < 11; k++) {
      byte c = b[from + k];
      boolean fits = switch (form.charAt(k)) {
        case 'C' -> c >= '1' && c <= '9';
        case 'A' -> medicareLetter(c);
        case 'x' -> Bytes.isDigit(c) || medicareLetter(c);
        default -> Bytes.isDigit(c);
      };
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static boolean medicareLetter(byte c) {
    return c >= 'A' && c <= 'Z' && "SLOIBZ".indexOf(c) < 0;
  }

  /** {@code 1EG4-TE5-MK73}. */
  private static int medicareWithDashes(Reading r, int i) {
    int start = r.t.start(i);
    if (r.t.length(i) != 4 || start + 13 > r.to || r.b[start + 4] != '-' || r.b[start + 8] != '-') {
      return i;
    }
    byte[] flat = new byte[11];
    System.arraycopy(r.b, start, flat, 0, 4);
    System.arraycopy(r.b, start + 5, flat, 4, 3);
    System.arraycopy(r.b, start + 9, flat, 7, 4);
    if (!medicare(flat, 0) || r.wordAt(start + 13) || r.wordAt(start - 1)) {
      return i;
    }
    r.found(start, start + 13, Identifier.HEALTH_PLAN);
    return r.t.after(i, start + 13);
  }

  /** ISO 3779: 17 letters and digits without I, O and Q. */
  static boolean vin(byte[] b, int from) {
    for (int k = 0; k < 17; k++) {
      if (vinValue(b[from + k]) < 0) {
        return false;
      }
    }
    return true;
  }

  private static int vinValue(byte b) {
    if (Bytes.isDigit(b)) {
      return b - '0';
    }
    int at = b >= 'A' && b <= 'Z' ? VIN_VALUES.indexOf(b) : -1;
    return at < 0 ? -1 : at % 10;
  }

  /** Position 9 checks the others (49 CFR 565.15). */
  static boolean vinChecked(byte[] b, int from) {
    int sum = 0;
    boolean letters = false;
    for (int k = 0; k < 17; k++) {
      sum += vinValue(b[from + k]) * VIN_WEIGHTS[k];
      letters |= !Bytes.isDigit(b[from + k]);
    }
    int check = sum % 11;
    return letters && b[from + 8] == (check == 10 ? 'X' : (byte) ('0' + check));
  }

  /** A DEA registration: two letters and seven digits, the last of which checks the others. */
  static boolean dea(byte[] b, int from) {
    if ("ABCDEFGHJKLMPRSTUX".indexOf(Bytes.fold(b[from]) - 32) < 0
        || (!Bytes.isLetter(b[from + 1]) && b[from + 1] != '9')) {
      return false;
    }
    int sum = 0;
    for (int k = 0; k < 7; k++) {
      byte d = b[from + 2 + k];
      if (!Bytes.isDigit(d)) {
        return false;
      }
      if (k < 6) {
        sum += (d - '0') * (k % 2 == 0 ? 1 : 2);
      }
    }
    return sum % 10 == b[from + 8] - '0';
  }

  /** A number that says itself what it is: {@code MRN4471920}. */
  private static boolean recordNumber(byte[] b, int from, int to) {
    if (to - from < 7
        || Bytes.fold(b[from]) != 'm'
        || Bytes.fold(b[from + 1]) != 'r'
        || Bytes.fold(b[from + 2]) != 'n') {
      return false;
    }
    for (int i = from + 3; i < to; i++) {
      if (!Bytes.isDigit(b[i])) {
        return false;
      }
    }
    return true;
  }

  /** ISO 13616: country, two check digits, 11 to 30 more; spaces between groups of four. */
  private static int iban(Reading r, int i) {
    int start = r.t.start(i);
    byte[] b = r.b;
    if (r.t.length(i) < 4
        || !upper(b[start])
        || !upper(b[start + 1])
        || !Bytes.isDigit(b[start + 2])
        || !Bytes.isDigit(b[start + 3])) {
      return i;
    }
    int remainder = 0;
    int n = 0;
    int p = start + 4;
    while (p < r.to && n <= 30) {
      byte c = b[p];
      if ((c == ' ' && n > 0 && n % 4 == 0 && ibanLetter(r.at(p + 1)) && r.t.length(i) == 4)
          || (c == ' ' && n == 0 && r.t.length(i) == 4)) {
        p++;
        continue;
      }
      if (!ibanLetter(c)) {
        break;
      }
      remainder = mod97(remainder, c);
      n++;
      p++;
    }
    if (n < 11 || n > 30 || Bytes.isWord(r.at(p))) {
      return i;
    }
    for (int k = 0; k < 4; k++) {
      remainder = mod97(remainder, b[start + k]);
    }
    if (remainder != 1) {
      return i;
    }
    r.found(start, p, Identifier.ACCOUNT);
    return r.t.after(i, p);
  }

  private static boolean upper(byte b) {
    return b >= 'A' && b <= 'Z';
  }

  private static boolean ibanLetter(byte b) {
    return Bytes.isDigit(b) || upper(b);
  }

  private static int mod97(int remainder, byte c) {
    return Bytes.isDigit(c)
        ? (remainder * 10 + c - '0') % 97
        : (remainder * 100 + c - 'A' + 10) % 97;
  }

  /** At {@code (}: a UDI as GS1 writes it, {@code (01)} and 14 digits, and what other parts follow. */
  static int udi(Reading r, int i) {
    int start = r.t.start(i);
    if (r.at(start + 1) != '0' || r.at(start + 2) != '1' || r.at(start + 3) != ')') {
      return i;
    }
    int p = start + 4;
    while (r.digitAt(p)) {
      p++;
    }
    if (p - start != 18) {
      return i;
    }
    while (r.at(p) == '(' && r.digitAt(p + 1) && r.digitAt(p + 2) && r.at(p + 3) == ')') {
      p += 4;
      while (r.wordAt(p) || r.at(p) == '-' || r.at(p) == '.') {
        p++;
      }
    }
    r.found(start, p, Identifier.DEVICE);
    return r.t.after(i, p);
  }
}
