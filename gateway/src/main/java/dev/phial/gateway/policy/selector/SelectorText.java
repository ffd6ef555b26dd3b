package dev.phial.gateway.policy.selector;

/** A selector's text with a position in it: the words of the language, one after another. */
final class SelectorText {
  private static final int LONGEST_NAME = 100;

  private final String text;
  private int at;

  SelectorText(String text) {
    this.text = text;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** Steps over {@code word} when it stands here. */
  boolean skip(String word) {
    if (!text.startsWith(word, at)) {
      return false;
    }
    at += word.length();
    return true;
  }

  void expect(String word) {
    if (!skip(word)) {
      throw problem("expected " + word);
    }
  }

  void skipBlanks() {
    while (skip(" ")) {
      // blanks mean nothing between the parts of a condition
    }
  }

  /** A member name: letters, digits, {@code _} and {@code -}; anything else between backticks. */
  String name() {
    int start = at;
    String name = skip("`") ? quoted('`') : bareName();
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      at = start;
      throw problem("expected a member name of 1 to " + LONGEST_NAME + " characters");
    }
    return name;
  }

  /** A text in single quotes. */
  String literal() {
    expect("'");
    return quoted('\'');
  }

  IllegalArgumentException problem(String what) {
    return new IllegalArgumentException("column " + (at + 1) + ": " + what);
  }

  private String bareName() {
    int start = at;
    while (!atEnd() && isNamePart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isNamePart(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
  }

  /** Up to the closing quote; a backslash stands before a quote or a backslash, and before nothing else. */
  private String quoted(char quote) {
    StringBuilder inner = new StringBuilder();
    while (!atEnd()) {
      char c = text.charAt(at++);
      if (c == quote) {
        return inner.toString();
      }
      if (Character.isISOControl(c)) {
        throw problem("control characters are not allowed");
      }
      inner.append(c == '\\' ? escaped(quote) : c);
    }
    throw problem("expected a closing " + quote);
  }

  private char escaped(char quote) {
    if (atEnd() || (text.charAt(at) != quote && text.charAt(at) != '\\')) {
      throw problem("after a backslash comes " + quote + " or a backslash");
    }
    return text.charAt(at++);
  }
}
