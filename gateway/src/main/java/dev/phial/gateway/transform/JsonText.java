package dev.phial.gateway.transform;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** JSON strings, between their text and the way they are written. */
final class JsonText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?(0|[1-9]\\d*)");

  private JsonText() {}

  /** The text of a string whose content lies between {@code from} and {@code to}; must have been checked. */
  static String decode(byte[] source, int from, int to) {
    int escape = from;
    while (escape < to && source[escape] != '\\') {
      escape++;
    }
    return escape == to
        ? new String(source, from, to - from, StandardCharsets.UTF_8)
        : unescape(new String(source, from, to - from, StandardCharsets.UTF_8));
  }

  private static String unescape(String written) {
    StringBuilder text = new StringBuilder(written.length());
    int i = 0;
    while (i < written.length()) {
      char c = written.charAt(i);
      if (c != '\\') {
        text.append(c);
        i++;
      } else if (written.charAt(i + 1) == 'u') {
        text.append((char) Integer.parseInt(written, i + 2, i + 6, 16));
        i += 6;
      } else {
        text.append(unescape(written.charAt(i + 1)));
        i += 2;
      }
    }
    return text.toString();
  }

  private static char unescape(char escape) {
    return switch (escape) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> escape;
    };
  }

  /** {@code text} as a JSON string in UTF-8, quotes included; only what must be escaped is. */
  static byte[] quote(String text) {
    ByteArrayOutputStream written = new ByteArrayOutputStream(text.length() + 16);
    written.write('"');
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      escape(b, written);
    }
    written.write('"');
    return written.toByteArray();
  }

  private static void escape(byte b, ByteArrayOutputStream written) {
    switch (b) {
      case '"', '\\' -> pair((char) b, written);
      case '\b' -> pair('b', written);
      case '\f' -> pair('f', written);
      case '\n' -> pair('n', written);
      case '\r' -> pair('r', written);
      case '\t' -> pair('t', written);
      default -> {
        if (b >= 0 && b < 0x20) {
          control(b, written);
        } else {
          written.write(b);
        }
      }
    }
  }

  private static void pair(char escape, ByteArrayOutputStream written) {
    written.write('\\');
    written.write(escape);
  }

  private static void control(byte b, ByteArrayOutputStream written) {
    pair('u', written);
    written.write('0');
    written.write('0');
    written.write(HEX[b >> 4]);
    written.write(HEX[b & 15]);
  }

  /** Whether {@code text} is a whole number as JSON writes them. */
  static boolean isWholeNumber(String text) {
    return WHOLE_NUMBER.matcher(text).matches();
  }
}
