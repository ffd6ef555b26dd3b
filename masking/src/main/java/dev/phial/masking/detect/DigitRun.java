package dev.phial.masking.detect;

import dev.phial.masking.scan.Bytes;

/** Digits in groups with one separator between two: what most numbers of people look like. Reused; confined to a thread. */
final class DigitRun {
  private static final int MOST_GROUPS = 12;
  private static final int MOST_DIGITS = 40;
  /** No number that is written with spaces has more digits, and a column of numbers is not to be read again from each of them. */
  private static final int MOST_SPACED = 19;

  private static final byte[] NONE = {};

  private final byte[] digits = new byte[MOST_DIGITS];
  private final int[] length = new int[MOST_GROUPS];
  private final int[] value = new int[MOST_GROUPS];
  private final byte[] separator = new byte[MOST_GROUPS];
  private final int[] groupEnd = new int[MOST_GROUPS];
  int groups;
  int total;
  int start;
  int end;
  /** Whether more of the same follows than was read. */
  boolean cut;

  private byte[] source = NONE;
  private boolean spaced;

  /** Reads from {@code from}; {@code spaces}: whether a single space separates too. */
  void read(byte[] b, int from, int to, boolean spaces) {
    if (b == source && from == start && spaces == spaced) {
      return; // one family after the other asks for it
    }
    source = b;
    spaced = spaces;
    groups = 0;
    total = 0;
    start = from;
    end = from;
    cut = false;
    int i = from;
    while (i < to && Bytes.isDigit(b[i])) {
      i = group(b, i, to);
      end = i;
      if (i + 1 >= to || !Bytes.isDigit(b[i + 1]) || !separates(b[i], spaces)) {
        break;
      }
      if (groups == MOST_GROUPS || (spaces && total > MOST_SPACED)) {
        cut = true;
        break;
      }
      separator[groups - 1] = b[i];
      i++;
    }
  }

  /** Must be called before another text is read, for it may stand in the same array. */
  void clear() {
    source = NONE;
  }

  private int group(byte[] b, int from, int to) {
    int i = from;
    int v = 0;
    while (i < to && Bytes.isDigit(b[i])) {
      if (total < MOST_DIGITS) {
        digits[total++] = (byte) (b[i] - '0');
      } else {
        cut = true;
      }
      if (i - from < 9) {
        v = v * 10 + b[i] - '0';
      }
      i++;
    }
    length[groups] = i - from;
    value[groups] = v;
    groupEnd[groups] = i;
    groups++;
    return i;
  }

  private static boolean separates(byte b, boolean spaces) {
    return b == '-' || b == '.' || b == '/' || (spaces && b == ' ');
  }

  int length(int group) {
    return group < groups ? length[group] : 0;
  }

  int value(int group) {
    return value[group];
  }

  byte separator(int group) {
    return separator[group];
  }

  int groupEnd(int group) {
    return groupEnd[group];
  }

  int digit(int i) {
    return digits[i];
  }

  /** Whether the groups have these lengths, and no more follow. */
  boolean is(int... lengths) {
    if (groups != lengths.length) {
      return false;
    }
    for (int g = 0; g < groups; g++) {
      if (length[g] != lengths[g]) {
        return false;
      }
    }
    return true;
  }

  boolean separatedBy(byte s) {
    for (int g = 0; g + 1 < groups; g++) {
      if (separator[g] != s) {
        return false;
      }
    }
    return true;
  }

  boolean sameSeparators() {
    return separatedBy(separator[0]);
  }

  /** The check digit of cards (ISO/IEC 7812-1 annex B), over {@code n} digits from {@code first}, after {@code sum} of a prefix. */
  boolean luhn(int first, int n, int sum) {
    int total = sum;
    for (int k = 0; k < n; k++) {
      int d = digits[first + n - 1 - k];
      if ((k & 1) == 1) {
        d = d < 5 ? 2 * d : 2 * d - 9;
      }
      total += d;
    }
    return total % 10 == 0;
  }
}
