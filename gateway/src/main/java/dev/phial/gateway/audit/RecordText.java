package dev.phial.gateway.audit;

/**
 * Writes JSON in ASCII, so that one event is one line for every reader: whatever a terminal or an editor could take for a line
 * end or a command (CR, LF, NEL, U+2028, ESC, bidi marks) stands as an escape. The same event always gives the same bytes.
 */
final class RecordText {
  private static final int LONGEST = 256;
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder out = new StringBuilder(512);

  RecordText raw(String json) {
    out.append(json);
    return this;
  }

  RecordText number(long value) {
    out.append(value);
    return this;
  }

  /** A string, cut when it is longer than any name has to be. */
  RecordText string(String text) {
    out.append('"');
    int end = Math.min(text.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      character(paired(text, i) ? text.charAt(i) : REPLACEMENT);
    }
    out.append(end < text.length() ? "...\"" : "\"");
    return this;
  }

  /** Whether a surrogate has its other half within the part that is written: half a pair is no Unicode text. */
  private static boolean paired(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < Math.min(text.length(), LONGEST)
          && Character.isLowSurrogate(text.charAt(i + 1));
    }
    return !Character.isLowSurrogate(c) || (i > 0 && Character.isHighSurrogate(text.charAt(i - 1)));
  }

  private void character(char c) {
    if (c == '"' || c == '\\') {
      out.append('\\').append(c);
    } else if (c >= ' ' && c <= '~') {
      out.append(c);
    } else {
      out.append(String.format("\\u%04x", (int) c));
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
