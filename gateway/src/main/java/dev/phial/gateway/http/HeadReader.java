package dev.phial.gateway.http;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a message: a start line and header fields. Lines end with CR LF and nothing else, and hold visible
 * ASCII, space and tab and nothing else: whatever two readers could take differently is refused (T26). For one connection.
 */
final class HeadReader {
  private static final int MAX_BYTES = 32 << 10;
  private static final int MAX_FIELDS = 100;

  private int scanned;

  /** Start line and fields. */
  record Head(String startLine, Fields fields) {}

  /** The next head, or null when it has not arrived whole. */
  @Nullable
  Head read(ByteBuf in) {
    int start = in.readerIndex();
    int end = in.writerIndex();
    for (int i = start + scanned; i < end; i++) {
      byte b = in.getByte(i);
      if (b == '\n') {
        requireCr(in, start, i);
        if (emptyLine(in, start, i)) {
          scanned = 0;
          return parse(
              in.readCharSequence(i + 1 - start, StandardCharsets.US_ASCII).toString());
        }
      } else {
        requireText(in, start, i, b);
      }
    }
    scanned = end - start;
    if (scanned > MAX_BYTES) {
      throw tooLarge();
    }
    return null;
  }

  private static void requireCr(ByteBuf in, int start, int i) {
    if (i == start || in.getByte(i - 1) != '\r') {
      throw FramingException.of("9112, section 2.2", "a line ends with LF alone");
    }
    if (i == start + 1) {
      throw FramingException.of("9112, section 2.2", "an empty line stands where a message begins");
    }
    if (i - start >= MAX_BYTES) {
      throw tooLarge();
    }
  }

  private static boolean emptyLine(ByteBuf in, int start, int i) {
    return i - start >= 3 && in.getByte(i - 2) == '\n';
  }

  private static void requireText(ByteBuf in, int start, int i, byte b) {
    if (i > start && in.getByte(i - 1) == '\r') {
      throw FramingException.of("9112, section 2.2", "CR stands without LF");
    }
    if (b != '\r' && b != '\t' && (b < 0x20 || b == 0x7F)) {
      throw FramingException.of(
          "9110, section 5.5", "a control character or a byte outside of ASCII stands in the head");
    }
  }

  private static FramingException tooLarge() {
    return FramingException.of(
        431, "the head of the message has more than " + MAX_BYTES + " bytes");
  }

  private static Head parse(String head) {
    String[] lines = head.split("\r\n", -1);
    int count = lines.length - 3;
    if (count > MAX_FIELDS) {
      throw FramingException.of(431, "the message has more than " + MAX_FIELDS + " header fields");
    }
    List<Fields.Field> fields = new ArrayList<>();
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      fields.add(field(lines[i]));
    }
    return new Head(lines[0], new Fields(fields));
  }

  private static Fields.Field field(String line) {
    if (line.charAt(0) == ' ' || line.charAt(0) == '\t') {
      throw FramingException.of("9112, section 5.2", "a header field is continued on another line");
    }
    int colon = line.indexOf(':');
    if (colon < 0) {
      throw FramingException.of("9112, section 5", "a header line has no colon");
    }
    String name = line.substring(0, colon);
    if (!Grammar.isToken(name)) {
      throw FramingException.of(
          "9112, section 5.1",
          "a header name is empty or holds a space or another character that it must not");
    }
    return new Fields.Field(name, trimmed(line.substring(colon + 1)));
  }

  private static String trimmed(String value) {
    int from = 0;
    int to = value.length();
    while (from < to && isBlank(value.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(value.charAt(to - 1))) {
      to--;
    }
    return value.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
