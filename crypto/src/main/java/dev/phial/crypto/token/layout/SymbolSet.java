package dev.phial.crypto.token.layout;

/** Sets of characters as patterns write them: characters and ranges such as {@code A-HJ-N}; a backslash takes the next literally. */
final class SymbolSet {
  private final String text;
  private final StringBuilder symbols = new StringBuilder();
  private int at;

  private SymbolSet(String text) {
    this.text = text;
  }

  /**
   * All characters, in the order of writing.
   *
   * @throws IllegalArgumentException when a range runs backwards, or a backslash ends the text
   */
  static String expand(String text) {
    SymbolSet set = new SymbolSet(text);
    while (set.at < text.length()) {
      set.range();
    }
    return set.symbols.toString();
  }

  private void range() {
    char first = next();
    char last = first;
    if (at + 1 < text.length() && text.charAt(at) == '-') {
      at++;
      last = next();
    }
    if (last < first) {
      throw new IllegalArgumentException("a range runs backwards");
    }
    for (int symbol = first; symbol <= last; symbol++) {
      symbols.append((char) symbol);
    }
  }

  private char next() {
    char symbol = text.charAt(at++);
    if (symbol != '\\') {
      return symbol;
    }
    if (at == text.length()) {
      throw new IllegalArgumentException("a backslash stands in front of nothing");
    }
    return text.charAt(at++);
  }
}
