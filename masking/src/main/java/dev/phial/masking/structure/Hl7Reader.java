package dev.phial.masking.structure;

import dev.phial.masking.detect.Nested;
import dev.phial.masking.detect.TextScanner;
import dev.phial.masking.lexicon.Keys;
import dev.phial.masking.scan.Bytes;
import dev.phial.masking.scan.Text;
import org.jspecify.annotations.Nullable;

/**
 * Reads HL7 version 2 wherever it was pasted: whole messages with their own delimiters, or single segments on a line. Segments may end
 * in CR, LF, or in those written as escapes. Confined to a thread.
 */
final class Hl7Reader {
  private final TextScanner scanner;
  private byte component = '^';
  private byte repetition = '~';

  Hl7Reader(TextScanner scanner) {
    this.scanner = scanner;
  }

  /** Reads the segments from {@code from} on: where the last one ends, or {@link Nested#NONE} when none begins there. */
  int read(Text text, int from, int to, int depth) {
    byte[] b = text.bytes();
    component = '^';
    repetition = '~';
    int i = from;
    while (i < to) {
      int start = skipBreaks(b, i, to);
      if (!begins(b, start, to)) {
        return i == from ? Nested.NONE : i;
      }
      int end = end(b, start, to);
      segment(text, start, end, depth);
      i = end;
    }
    return i;
  }

  private static boolean begins(byte[] b, int i, int to) {
    return i + 4 <= to
        && b[i + 3] == '|'
        && Bytes.of(b[i]) == Bytes.UPPER
        && idPart(b[i + 1])
        && idPart(b[i + 2]);
  }

  private static boolean idPart(byte b) {
    return (b >= 'A' && b <= 'Z') || Bytes.isDigit(b);
  }

  private static int skipBreaks(byte[] b, int from, int to) {
    int i = from;
    while (i < to) {
      if (Bytes.isSpace(b[i])) {
        i++;
      } else if (escapedBreak(b, i, to)) {
        i += 2;
      } else {
        break;
      }
    }
    return i;
  }

  private static boolean escapedBreak(byte[] b, int i, int to) {
    return b[i] == '\\' && i + 1 < to && (b[i + 1] == 'r' || b[i + 1] == 'n');
  }

  private static int end(byte[] b, int from, int to) {
    int i = from;
    while (i < to
        && b[i] != '\r'
        && b[i] != '\n'
        && b[i] != '"'
        && !(escapedBreak(b, i, to) && ends(b, i + 2, to))) {
      i++;
    }
    return i;
  }

  /** Whether an escaped break ends a segment and is no escape of HL7's own. */
  private static boolean ends(byte[] b, int i, int to) {
    int next = skipBreaks(b, i, to);
    return next == to || begins(b, next, to) || b[next] == '"';
  }

  private void segment(Text text, int start, int end, int depth) {
    byte[] b = text.bytes();
    String id = text.part(start, start + 3);
    boolean header = id.equals("MSH");
    if (header && start + 8 <= end) {
      component = b[start + 4];
      repetition = b[start + 5];
    }
    int field = header ? 1 : 0;
    int i = start + 3;
    while (i < end) {
      int from = i + 1;
      int to = from;
      while (to < end && b[to] != '|') {
        to++;
      }
      field++;
      if (!(header && (field == 2 || field == 7)) && from < to) {
        field(text, from, to, Hl7.field(id, field), depth);
      }
      i = to;
    }
  }

  private void field(Text text, int from, int to, Hl7.@Nullable Type type, int depth) {
    byte[] b = text.bytes();
    int number = 1;
    int start = from;
    for (int i = from; i <= to; i++) {
      if (i < to && b[i] != component && b[i] != repetition) {
        continue;
      }
      if (i > start) {
        component(text, start, i, type, number, depth);
      }
      number = i < to && b[i] == repetition ? 1 : number + 1;
      start = i + 1;
    }
  }

  private void component(
      Text text, int from, int to, Hl7.@Nullable Type type, int number, int depth) {
    if (type == null) {
      scanner.read(text, from, to, false, depth);
    } else if (type.has(number)) {
      if (!nothing(text.bytes(), from, to)) {
        scanner.out().add(text, from, to, type.identifier(number));
      }
    } else if (to - from > 5) {
      scanner.value(text, from, to, Keys.UNKNOWN, depth);
    }
  }

  /** {@code ""} deletes a value in HL7. */
  private static boolean nothing(byte[] b, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Bytes.isWord(b[i])) {
        return false;
      }
    }
    return true;
  }
}
