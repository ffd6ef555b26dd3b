package dev.phial.masking.scan;

import dev.phial.masking.lexicon.KeyBindings;
import dev.phial.masking.lexicon.Keys;

/**
 * Whether a token can begin something in a line of a program, told by the bytes beside it. Of the tokens of a log nearly none can, so
 * what is ruled out here is never asked after. A yes promises nothing; a no must be right.
 */
final class Starts {
  private static final int LONGEST_HEX = 4;
  private static final int LONGEST_CLOCK = 4;

  private Starts() {}

  /** A word of letters in two cases: a key such as {@code patientName}, or base64. */
  static boolean humps(byte[] b, int from, int end, int to, KeyBindings bindings) {
    return (tiesValue(at(b, end, to)) && Keys.endsKey(b, from, end, bindings))
        || (end - from >= Base64Text.SHORTEST && Base64Text.begins(b, from));
  }

  /** Whether a byte behind a key's last hump goes on to its value. */
  private static boolean tiesValue(byte b) {
    return switch (b) {
      case '=', ':', ' ', '"', '\'', '>', '_', ']', '\\' -> true;
      default -> false;
    };
  }

  /** Letters that may be the first group of an IPv6 address or of a hardware address. */
  static boolean hex(byte[] b, int from, int end, int to) {
    if (end - from > LONGEST_HEX || at(b, end, to) != ':') {
      return false;
    }
    for (int i = from; i < end; i++) {
      if (Bytes.hex(b[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Letters and digits: the lengths of numbers that have both, keys before their values, base64. */
  static boolean mixed(byte[] b, int from, int end, int to) {
    return switch (end - from) {
      case 2 -> ties(b, end, to);
      case 3 -> at(b, end, to) == '|' || ties(b, end, to);
      case 4, 9, 11, 17 -> true;
      default ->
        ties(b, end, to)
            || bank(b, from)
            || Bytes.fold(b[from]) == 'm'
            || (end - from >= Base64Text.SHORTEST && Base64Text.begins(b, from));
    };
  }

  /** Whether the next sign ties a value to a key. */
  private static boolean ties(byte[] b, int end, int to) {
    int i = end;
    while (i < to && (b[i] == ' ' || b[i] == '\t')) {
      i++;
    }
    byte next = at(b, i, to);
    return next == '=' || next == ':' || next == '"';
  }

  /** Two capitals, as country codes have: ISO 13616. */
  private static boolean bank(byte[] b, int from) {
    return Bytes.of(b[from]) == Bytes.UPPER && Bytes.of(b[from + 1]) == Bytes.UPPER;
  }

  /** Digits, as long as they are or by how they go on. */
  static boolean number(byte[] b, int from, int end, int to) {
    return end - from >= 9
        || (from > 0 && b[from - 1] == '+')
        || (end + 1 < to && goesOn(b, from, end, to));
  }

  /** Whether a short number goes on as dates, addresses and the like do. */
  private static boolean goesOn(byte[] b, int from, int end, int to) {
    byte next = b[end + 1];
    return switch (b[end]) {
      case '-', '.', '/' -> Bytes.isWord(next);
      case ':' -> end - from <= LONGEST_CLOCK && colon(b, from, end, to);
      case ' ' -> Bytes.isDigit(next) || (Bytes.of(next) & (Bytes.UPPER | Bytes.HIGH)) != 0;
      default -> false;
    };
  }

  /** Whether the first group of an address stands before a colon, and no hours or minutes. */
  private static boolean colon(byte[] b, int from, int end, int to) {
    byte before = from > 0 ? b[from - 1] : 0;
    if (before == ':' || before == '.' || Bytes.isWord(before)) {
      return false;
    }
    byte next = b[end + 1];
    return next == ':' || (Bytes.hex(next) >= 0 && !timeOfDay(b, end, to));
  }

  /** Whether minutes follow, and seconds or nothing, as in {@code 16:14:29}: no address of any kind. */
  private static boolean timeOfDay(byte[] b, int end, int to) {
    if (end < 2 || end + 3 > to || !Bytes.isDigit(b[end + 1]) || !Bytes.isDigit(b[end + 2])) {
      return false;
    }
    boolean more = end + 6 < to && b[end + 3] == ':';
    return more
        ? b[end + 6] != ':' && !Bytes.isWord(b[end + 6])
        : end + 3 == to || !Bytes.isWord(b[end + 3]);
  }

  /** A sign, by what follows it. */
  static boolean sign(byte[] b, int i, int to) {
    byte next = at(b, i + 1, to);
    return switch (b[i]) {
      case '@' -> true;
      case ':' -> next == '/' || next == ':';
      case '+', '(' -> Bytes.isDigit(next);
      case '%' -> Bytes.hex(next) >= 0;
      case '\\' -> next == 'u';
      case '{' -> next == '"' || next == '}' || next == ' ' || next == '\n';
      default -> false;
    };
  }

  private static byte at(byte[] b, int i, int to) {
    return i < to ? b[i] : 0;
  }
}
