package dev.phial.gateway.logs.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels as Prometheus writes them: {@code {job="app", host="a\"b"}}. */
final class LokiLabels {
  private static final Pattern LABEL = Pattern.compile(
      "\\s*([A-Za-z_][A-Za-z0-9_.:]{0,1023})\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*+)\"\\s*(,|\\})");

  private LokiLabels() {}

  /** The labels, unescaped. */
  static Map<String, String> parse(String text) {
    Map<String, String> labels = new LinkedHashMap<>();
    String trimmed = text.strip();
    if (trimmed.matches("\\{\\s*\\}")) {
      return labels;
    }
    Matcher label = LABEL.matcher(trimmed);
    int at = trimmed.startsWith("{") ? 1 : -1;
    while (at > 0 && at < trimmed.length()) {
      if (!label.find(at) || label.start() != at) {
        throw malformed();
      }
      if (labels.put(label.group(1), unescaped(label.group(2))) != null) {
        throw malformed();
      }
      at = label.end();
    }
    if (at < 0 || !trimmed.endsWith("}")) {
      throw malformed();
    }
    return labels;
  }

  private static WebRefusal malformed() {
    return WebRefusal.malformed("the labels of a stream are not {name=\"value\", ...}");
  }

  private static String unescaped(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\\') {
        plain.append(c);
        continue;
      }
      char escaped = value.charAt(++i);
      switch (escaped) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case '"', '\\' -> plain.append(escaped);
        case 'u', 'x', 'U' -> {
          int digits = escaped == 'u' ? 4 : escaped == 'x' ? 2 : 8;
          if (i + digits >= value.length()) {
            throw malformed();
          }
          plain.appendCodePoint(codePoint(value.substring(i + 1, i + 1 + digits)));
          i += digits;
        }
        default -> throw malformed();
      }
    }
    return plain.toString();
  }

  private static int codePoint(String digits) {
    if (!digits.matches("[0-9A-Fa-f]+")) {
      throw malformed();
    }
    long point = Long.parseLong(digits, 16);
    if (point > Character.MAX_CODE_POINT) {
      throw malformed();
    }
    return (int) point;
  }
}
