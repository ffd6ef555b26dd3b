package dev.phial.gateway.transform;

import dev.phial.gateway.transform.TransformException.Reason;

/**
 * Checks that bytes are UTF-8 as Unicode, table 3-7, and RFC 3629 define it. Jackson alone does not do: it takes overlong forms
 * (so {@code C0 B1} would be a "1" that no other reader sees) and guesses UTF-16 and UTF-32.
 */
final class StrictUtf8 {
  private StrictUtf8() {}

  /** Refuses anything that is not well-formed, a byte order mark, and NUL, which is how UTF-16 and UTF-32 look. */
  static void check(byte[] bytes) {
    if (bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF) {
      throw new TransformException(
          Reason.MALFORMED,
          "the body begins with a byte order mark; RFC 8259, section 8.1, does not have it");
    }
    int i = 0;
    while (i < bytes.length) {
      int lead = bytes[i];
      if (lead > 0) {
        i++;
      } else {
        int length = sequence(bytes, i, lead & 0xFF);
        if (length == 0) {
          throw new TransformException(
              Reason.MALFORMED, "the body is not UTF-8 without NUL, first at byte " + i);
        }
        i += length;
      }
    }
  }

  /** The length of the sequence at {@code i}, or 0 when it is none. */
  private static int sequence(byte[] bytes, int i, int lead) {
    if (lead >= 0xC2 && lead <= 0xDF) {
      return continues(bytes, i, 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      int low = lead == 0xE0 ? 0xA0 : 0x80;
      int high = lead == 0xED ? 0x9F : 0xBF;
      return continues(bytes, i, 2, low, high) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      int low = lead == 0xF0 ? 0x90 : 0x80;
      int high = lead == 0xF4 ? 0x8F : 0xBF;
      return continues(bytes, i, 3, low, high) ? 4 : 0;
    }
    return 0;
  }

  /** Whether {@code count} continuation bytes follow, the first of them between {@code low} and {@code high}. */
  private static boolean continues(byte[] bytes, int i, int count, int low, int high) {
    if (i + count >= bytes.length) {
      return false;
    }
    int first = bytes[i + 1] & 0xFF;
    if (first < low || first > high) {
      return false;
    }
    for (int k = 2; k <= count; k++) {
      if ((bytes[i + k] & 0xC0) != 0x80) {
        return false;
      }
    }
    return true;
  }
}
