package dev.phial.masking.structure;

import dev.phial.masking.detect.Nested;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Text;
import java.util.Arrays;

/**
 * Reads JSON (RFC 8259) in one pass without building anything, and names each value to a {@link Leaves}. Any depth; reused; confined
 * to a thread.
 */
final class JsonReader {

  /** Takes the values of a document, in its order. */
  interface Leaves {
    /** A string's content, without its quotes; {@code coded}: it holds escapes. */
    void string(JsonPath path, int from, int to, boolean coded);

    /** A number, {@code true} or {@code false}. */
    void bare(JsonPath path, int from, int to);

    /** A member's name. */
    void name(JsonPath path, int from, int to);
  }

  private final JsonPath path = new JsonPath();
  private byte[] b = {};
  private int to;
  private boolean coded;

  /** Reads the document that begins at {@code from}: where it ends, or {@link Nested#NONE} when it is no JSON. */
  int read(Text text, int from, int to, Leaves leaves) {
    this.b = text.bytes();
    this.to = to;
    path.clear(text);
    int i = from;
    boolean value = true;
    while (true) {
      i = space(i);
      if (i >= to) {
        return Nested.NONE;
      }
      if (value) {
        byte c = b[i];
        if (c == '{' || c == '[') {
          path.enter(c == '{');
          int next = space(i + 1);
          if (next < to && b[next] == (c == '{' ? '}' : ']')) {
            i = next;
            value = false;
            i = close(i);
          } else if (c == '[') {
            i = next;
            continue;
          } else {
            i = name(next, leaves);
            if (i < 0) {
              return Nested.NONE;
            }
            continue;
          }
        } else {
          i = scalar(i, leaves);
          if (i < 0) {
            return Nested.NONE;
          }
          value = false;
        }
      }
      if (path.depth() == 0) {
        return i;
      }
      i = space(i);
      if (i >= to) {
        return Nested.NONE;
      }
      if (b[i] == ',') {
        i = space(i + 1);
        if (path.inObject()) {
          i = i < to ? name(i, leaves) : -1;
          if (i < 0) {
            return Nested.NONE;
          }
        }
        value = true;
      } else if (b[i] == (path.inObject() ? '}' : ']')) {
        i = close(i);
        if (path.depth() == 0) {
          return i;
        }
      } else {
        return Nested.NONE;
      }
    }
  }

  private int close(int i) {
    path.leave();
    return i + 1;
  }

  private int name(int i, Leaves leaves) {
    if (i >= to || b[i] != '"') {
      return -1;
    }
    int end = string(i + 1);
    if (end < 0) {
      return -1;
    }
    path.name(i + 1, end);
    leaves.name(path, i + 1, end);
    int colon = space(end + 1);
    return colon < to && b[colon] == ':' ? colon + 1 : -1;
  }

  private int scalar(int i, Leaves leaves) {
    if (b[i] == '"') {
      int end = string(i + 1);
      if (end < 0) {
        return -1;
      }
      leaves.string(path, i + 1, end, coded);
      return end + 1;
    }
    int end = i;
    while (end < to && (Bytes.isWord(b[end]) || b[end] == '-' || b[end] == '+' || b[end] == '.')) {
      end++;
    }
    if (end == i || !literal(i, end)) {
      return -1;
    }
    leaves.bare(path, i, end);
    return end;
  }

  private boolean literal(int from, int end) {
    byte c = b[from];
    return Bytes.isDigit(c)
        || c == '-'
        || is(from, end, "true")
        || is(from, end, "false")
        || is(from, end, "null");
  }

  private boolean is(int from, int end, String word) {
    return end - from == word.length()
        && Arrays.equals(
            b,
            from,
            end,
            word.getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            0,
            word.length());
  }

  /** Where the string ends whose content begins at {@code from}; -1 when it does not. */
  private int string(int from) {
    coded = false;
    int i = from;
    while (i < to) {
      byte c = b[i];
      if (c == '"') {
        return i;
      }
      if (c == '\\') {
        coded = true;
        i++;
      }
      i++;
    }
    return -1;
  }

  private int space(int i) {
    int k = i;
    while (k < to && Bytes.isSpace(b[k])) {
      k++;
    }
    return k;
  }
}
