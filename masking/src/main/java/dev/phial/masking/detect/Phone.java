package dev.phial.masking.detect;

import dev.phial.masking.scan.Bytes;

/** The digits of a telephone number with all that people write between them: {@code (0431) 35-06 90}. */
final class Phone {
  private Phone() {}

  /** Reads into the reading's run; where the number ends, or -1 when none begins at {@code start}. */
  static int read(Reading r, int start) {
    if (r.at(start) != '(') {
      r.run.read(r.b, start, r.to, true);
      if (r.run.groups > 0
          && r.run.total <= 4
          && r.at(r.run.end) == ' '
          && r.at(r.run.end + 1) == '(') {
        return bracketed(r, r.run.end + 1, start);
      }
      return r.run.groups > 0 && !r.run.cut ? r.run.end : -1;
    }
    return bracketed(r, start, start);
  }

  /** The area in brackets: its digits and the rest are read as one run, the bracket being a separator. */
  private static int bracketed(Reading r, int bracket, int start) {
    int close = bracket + 1;
    while (close < bracket + 6 && r.digitAt(close)) {
      close++;
    }
    if (r.at(close) != ')' || close == bracket + 1) {
      return -1;
    }
    int rest = r.at(close + 1) == ' ' || r.at(close + 1) == '-' ? close + 2 : close + 1;
    if (!r.digitAt(rest)) {
      return -1;
    }
    r.run.read(r.b, rest, r.to, true);
    int end = r.run.end;
    byte[] flat = new byte[end - start];
    int n = 0;
    for (int i = start; i < end; i++) {
      byte b = r.b[i];
      boolean digit = Bytes.isDigit(b);
      if (digit || (n > 0 && Bytes.isDigit(flat[n - 1]))) {
        flat[n++] = digit ? b : (byte) '-';
      }
    }
    r.run.read(flat, 0, n, false);
    return r.run.cut ? -1 : end;
  }
}
