package dev.phial.gateway.evidence;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON in the canonical form of RFC 8785, of texts, whole numbers, booleans, lists and maps: one value has one text, so that two
 * who state the same have stated the same bytes.
 */
final class CanonicalJson {
  /** The largest whole number that every reader of JSON understands exactly (RFC 8785, section 3.2.2.3). */
  private static final long LARGEST = (1L << 53) - 1;

  private final StringBuilder text = new StringBuilder();

  private CanonicalJson() {}

  /** @throws IllegalArgumentException when it holds something else, a number out of range, or text that is not Unicode */
  static String of(Map<String, ?> members) {
    CanonicalJson json = new CanonicalJson();
    json.object(members);
    return json.text.toString();
  }

  private void value(Object value) {
    if (value instanceof String string) {
      string(string);
    } else if (value instanceof Integer || value instanceof Long) {
      number(((Number) value).longValue());
    } else if (value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof List<?> list) {
      list(list);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else {
      throw new IllegalArgumentException(
          "a statement holds texts, whole numbers, booleans, lists and maps only");
    }
  }

  private void number(long number) {
    if (number > LARGEST || number < -LARGEST) {
      throw new IllegalArgumentException("a statement's numbers are below 2^53");
    }
    text.append(number);
  }

  private void list(List<?> list) {
    String comma = "";
    text.append('[');
    for (Object item : list) {
      text.append(comma);
      value(item);
      comma = ",";
    }
    text.append(']');
  }

  private void object(Map<?, ?> members) {
    // Names in the order of their UTF-16 units, which is that of String.
    Map<String, Object> sorted = new TreeMap<>();
    members.forEach((name, value) -> sorted.put((String) name, value));
    String comma = "";
    text.append('{');
    for (Map.Entry<String, Object> member : sorted.entrySet()) {
      text.append(comma);
      string(member.getKey());
      text.append(':');
      value(member.getValue());
      comma = ",";
    }
    text.append('}');
  }

  private void string(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char unit = string.charAt(i);
      if (Character.isHighSurrogate(unit)
          && i + 1 < string.length()
          && Character.isLowSurrogate(string.charAt(i + 1))) {
        text.append(unit).append(string.charAt(++i));
      } else {
        unit(unit);
      }
    }
    text.append('"');
  }

  private void unit(char unit) {
    switch (unit) {
      case '"', '\\' -> text.append('\\').append(unit);
      case '\b' -> text.append("\\b");
      case '\t' -> text.append("\\t");
      case '\n' -> text.append("\\n");
      case '\f' -> text.append("\\f");
      case '\r' -> text.append("\\r");
      default -> plain(unit);
    }
  }

  private void plain(char unit) {
    if (Character.isSurrogate(unit)) {
      throw new IllegalArgumentException("a statement's texts are Unicode");
    }
    if (unit < ' ') {
      text.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
    } else {
      text.append(unit);
    }
  }
}
