package dev.phial.masking.scan;

/** What each byte is. */
public final class Bytes {
  public static final int LOWER = 1;
  public static final int UPPER = 2;
  public static final int DIGIT = 4;
  /** Part of a character beyond ASCII: taken for a letter. */
  public static final int HIGH = 8;

  public static final int SPACE = 16;
  public static final int SIGN = 32;

  public static final int LETTER = LOWER | UPPER | HIGH;
  public static final int WORD = LETTER | DIGIT;

  static final byte[] CLASS = new byte[256];
  /** ASCII letters in lower case; every other byte as it is. */
  static final int[] FOLD = new int[256];

  static {
    for (int b = 0; b < 256; b++) {
      CLASS[b] = (byte) classify(b);
      FOLD[b] = b >= 'A' && b <= 'Z' ? b + 32 : b;
    }
  }

  private Bytes() {}

  private static int classify(int b) {
    if (b >= 'a' && b <= 'z') {
      return LOWER;
    }
    if (b >= 'A' && b <= 'Z') {
      return UPPER;
    }
    if (b >= '0' && b <= '9') {
      return DIGIT;
    }
    if (b >= 0x80) {
      return HIGH;
    }
    return b == ' ' || b == '\t' ? SPACE : SIGN;
  }

  public static int of(byte b) {
    return CLASS[b & 0xff];
  }

  public static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  public static boolean isWord(byte b) {
    return (CLASS[b & 0xff] & WORD) != 0;
  }

  public static boolean isLetter(byte b) {
    return (CLASS[b & 0xff] & LETTER) != 0;
  }

  public static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  public static byte fold(byte b) {
    return (byte) FOLD[b & 0xff];
  }

  /** The value of a hexadecimal digit, or -1. */
  public static int hex(byte b) {
    if (isDigit(b)) {
      return b - '0';
    }
    int low = b | 0x20;
    return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
  }
}
