package dev.phial.masking.detect;

import dev.phial.masking.scan.Bytes;
import java.util.Arrays;

/** Base64 and base64url (RFC 4648) of readable text. */
final class Base64Text {
  private static final byte[] NONE = {};
  private static final int LONGEST = 1 << 20;
  private static final byte[] VALUE = new byte[256];

  static {
    Arrays.fill(VALUE, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < 64; i++) {
      VALUE[alphabet.charAt(i)] = (byte) i;
    }
    VALUE['-'] = 62;
    VALUE['_'] = 63;
  }

  private Base64Text() {}

  static boolean isPart(byte b) {
    return VALUE[b & 0xff] >= 0;
  }

  static int end(byte[] b, int start, int to) {
    int i = start;
    while (i < to && VALUE[b[i] & 0xff] >= 0) {
      i++;
    }
    while (i < to && b[i] == '=') {
      i++;
    }
    return i;
  }

  /** The text, or nothing when it is not readable: that shows in its first few bytes, mostly. */
  static byte[] decode(byte[] b, int start, int end) {
    int stop = end;
    while (stop > start && b[stop - 1] == '=') {
      stop--;
    }
    int n = stop - start;
    if (n % 4 == 1 || n > LONGEST) {
      return NONE;
    }
    if (!begins(b, start)) {
      return NONE;
    }
    byte[] out = new byte[Math.min(n, 12) * 3 / 4];
    if (!decode(b, start, start + Math.min(n, 12), out) || !readable(out)) {
      return NONE;
    }
    if (n <= 12) {
      return out;
    }
    byte[] whole = new byte[n * 3 / 4];
    return decode(b, start, stop, whole) && readable(whole) ? whole : NONE;
  }

  private static boolean decode(byte[] b, int from, int to, byte[] out) {
    int bits = 0;
    int held = 0;
    int n = 0;
    for (int i = from; i < to; i++) {
      held = held << 6 | VALUE[b[i] & 0xff];
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        out[n++] = (byte) (held >> bits);
        if (!readable(out[n - 1])) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether the first three bytes are readable. */
  private static boolean begins(byte[] b, int start) {
    int three = VALUE[b[start] & 0xff] << 18
        | VALUE[b[start + 1] & 0xff] << 12
        | VALUE[b[start + 2] & 0xff] << 6
        | VALUE[b[start + 3] & 0xff];
    return readable((byte) (three >> 16))
        && readable((byte) (three >> 8))
        && readable((byte) three);
  }

  private static boolean readable(byte[] text) {
    int high = 0;
    for (byte b : text) {
      if (b < 0) {
        high++;
      }
    }
    return high * 3 <= text.length;
  }

  private static boolean readable(byte b) {
    return (b >= ' ' && b < 0x7f) || b < 0 || Bytes.isSpace(b);
  }
}
