package dev.phial.gateway.transform;

import dev.phial.gateway.transform.TransformException.Reason;

/**
 * Finds which bytes a token takes, beside the parser that has already judged the grammar. The parser does not say where a
 * token ends, and does not see escaped surrogates that have no partner.
 */
final class TokenCursor {
  private final byte[] source;
  private final TransformLimits limits;
  private int at;

  TokenCursor(byte[] source, TransformLimits limits) {
    this.source = source;
    this.limits = limits;
  }

  /** The byte after the last token. */
  int position() {
    return at;
  }

  /** Goes to where the next token begins, which must be with {@code expected}. */
  int begin(char expected) {
    int start = begin();
    if (source[start] != expected) {
      throw lost();
    }
    return start;
  }

  /** Goes to where the next token begins. */
  int begin() {
    while (at < source.length && between(source[at])) {
      at++;
    }
    if (at == source.length) {
      throw lost();
    }
    return at;
  }

  private static boolean between(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == ',' || b == ':';
  }

  /** Takes {@code length} bytes: punctuation and literal names. */
  int take(int length) {
    at += length;
    return at;
  }

  /** Takes a number. */
  int takeNumber() {
    while (at < source.length && numeric(source[at])) {
      at++;
    }
    return at;
  }

  private static boolean numeric(byte b) {
    return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
  }

  /** Takes a string, and looks at its length and its escapes. */
  int takeString() {
    int start = ++at;
    while (at < source.length && source[at] != '"') {
      if (source[at] == '\\') {
        escape();
      } else {
        at++;
      }
    }
    if (at >= source.length) {
      throw new TransformException(Reason.MALFORMED, "a string does not end");
    }
    if (at - start > limits.stringBytes()) {
      throw new TransformException(
          Reason.TOO_LARGE, "a string has more than " + limits.stringBytes() + " bytes");
    }
    return ++at;
  }

  private void escape() {
    if (at + 1 >= source.length || source[at + 1] != 'u') {
      at += 2;
      return;
    }
    char unit = unit(at);
    if (Character.isHighSurrogate(unit)) {
      at += 6;
      if (at + 1 >= source.length
          || source[at] != '\\'
          || source[at + 1] != 'u'
          || !Character.isLowSurrogate(unit(at))) {
        throw unpaired();
      }
    } else if (Character.isLowSurrogate(unit)) {
      throw unpaired();
    }
    at += 6;
  }

  private char unit(int escape) {
    int unit = 0;
    for (int i = escape + 2; i < escape + 6; i++) {
      int digit = i < source.length ? Character.digit(source[i], 16) : -1;
      if (digit < 0) {
        throw new TransformException(Reason.MALFORMED, "\\u is not followed by four hex digits");
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  private static TransformException unpaired() {
    return new TransformException(
        Reason.MALFORMED, "a string holds an unpaired surrogate, which is no character");
  }

  private static TransformException lost() {
    return new TransformException(
        Reason.INTERNAL, "two readings of the body differ; nothing of it is used");
  }
}
