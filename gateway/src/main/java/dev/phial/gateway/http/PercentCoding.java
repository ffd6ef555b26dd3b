package dev.phial.gateway.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Percent-encoding of RFC 3986, strictly and once. */
final class PercentCoding {
  private static final String UNRESERVED = "-._~";

  private PercentCoding() {}

  /**
   * Decodes once.
   *
   * @throws Refusal when an escape is malformed or the bytes are not UTF-8 text without control characters
   */
  static String decode(String raw, boolean plusIsSpace) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.write(escape(raw, i));
        i += 2;
      } else {
        bytes.write(c == '+' && plusIsSpace ? ' ' : c);
      }
    }
    return text(bytes.toByteArray());
  }

  private static int escape(String raw, int at) {
    int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
    int low = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw bad("the target has a % that two hexadecimal digits do not follow");
    }
    return high << 4 | low;
  }

  private static String text(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
      if (text.chars().anyMatch(Character::isISOControl)) {
        throw bad("the target has an escaped control character");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw bad("the target is not UTF-8 when decoded");
    }
  }

  /** Encodes everything but unreserved characters and those of {@code allowed}. */
  static String encode(String text, String allowed) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (Grammar.isAlphanumeric(b) || UNRESERVED.indexOf(b) >= 0 || allowed.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(String.format(Locale.ROOT, "%02X", b));
      }
    }
    return encoded.toString();
  }

  static Refusal bad(String message) {
    return new Refusal(400, "bad-target", message + " (RFC 3986, section 2)");
  }
}
