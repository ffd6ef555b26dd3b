package dev.phial.gateway.transform;

/**
 * How a sealed plaintext says what it was: a text stands for itself; U+0000 and {@code J} precede the JSON of a number, boolean
 * or object, exactly as it was written; U+0000 and {@code S} precede a text that itself begins with U+0000.
 */
final class SealedLiteral {
  private static final String JSON = "\u0000J";
  private static final String TEXT = "\u0000S";
  private static final String HIDDEN = "****";

  private SealedLiteral() {}

  static String ofText(String text) {
    return text.startsWith("\u0000") ? TEXT + text : text;
  }

  static String ofJson(String json) {
    return JSON + json;
  }

  static boolean isJson(String plain) {
    return plain.startsWith(JSON);
  }

  /** The text or JSON that was sealed. */
  static String content(String plain) {
    return plain.startsWith("\u0000") && plain.length() >= 2 ? plain.substring(2) : plain;
  }

  /** A masked plaintext without its mark; of an object or array not even the shape is shown. */
  static String masked(String masked) {
    String content = content(masked);
    boolean structured = isJson(masked) && (content.startsWith("{") || content.startsWith("["));
    return structured ? HIDDEN : content;
  }
}
