package dev.phial.masking.scan;

import java.util.Arrays;

/** Base64 and base64url (RFC 4648) of readable text. */
public final class Base64Text {
  /** Shorter ones are words. */
  public static final int SHORTEST = 12;

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

  public static boolean isPart(byte b) {
    return VALUE[b & 0xff] >= 0;
  }

  /** Where it ends, with its padding. */
  public static int end(byte[] b, int start, int to) {
    int i = start;
    while (i < to && VALUE[b[i] & 0xff] >= 0) {
      i++;
    }
    while (i < to && b[i] == '=') {
      i++;
    }
    return i;
  }

  /** The text, or nothing when it is not readable; {@link #SHORTEST} signs at least. */
  public static byte[] decode(byte[] b, int start, int end) {
    int stop = end;
    while (stop > start && b[stop - 1] == '=') {
      stop--;
    }
    int n = stop - start;
    if (n % 4 == 1 || n > LONGEST || !begins(b, start)) {
      return NONE;
    }
    byte[] whole = new byte[n * 3 / 4];
    return decode(b, start, stop, whole) && readable(whole) ? whole : NONE;
  }

  /** Whether the first {@link #SHORTEST} signs may be readable text: hardly a name in a program is. */
  public static boolean begins(byte[] b, int start) {
    int high = 0;
    for (int i = start; i < start + SHORTEST; i += 4) {
      int three = VALUE[b[i] & 0xff] << 18
          | VALUE[b[i + 1] & 0xff] << 12
          | VALUE[b[i + 2] & 0xff] << 6
          | VALUE[b[i + 3] & 0xff];
      if (!readable((byte) (three >> 16))
          || !readable((byte) (three >> 8))
          || !readable((byte) three)) {
        return false;
      }
      high += (three >> 23 & 1) + (three >> 15 & 1) + (three >> 7 & 1);
    }
    return 4 * high <= SHORTEST;
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
