package dev.phial.crypto.token.layout;

/**
 * An ordered set of characters; a symbol's place is its rank. All are of the basic multilingual plane, so that a symbol is
 * one {@code char}.
 */
public final class Symbols implements Choice {
  public static final Symbols DIGITS = new Symbols("0123456789");
  public static final Symbols UPPER = new Symbols("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  public static final Symbols LOWER = new Symbols("abcdefghijklmnopqrstuvwxyz");

  private final String symbols;
  private final int first;
  // By code, from the first on: the rank and 1; 0 for what is not a symbol.
  private final int[] places;

  /**
   * The characters of {@code symbols} in their order.
   *
   * @throws IllegalArgumentException when there is none, one twice, or a surrogate
   */
  public Symbols(String symbols) {
    int[] codes = symbols.chars().sorted().toArray();
    if (codes.length == 0) {
      throw new IllegalArgumentException("an alphabet has at least one symbol");
    }
    this.symbols = symbols;
    this.first = codes[0];
    this.places = new int[codes[codes.length - 1] - first + 1];
    for (int rank = 0; rank < symbols.length(); rank++) {
      place(symbols.charAt(rank), rank);
    }
  }

  private void place(char symbol, int rank) {
    if (Character.isSurrogate(symbol) || places[symbol - first] != 0) {
      throw new IllegalArgumentException(
          "an alphabet has each symbol once, and none beyond the basic multilingual plane");
    }
    places[symbol - first] = rank + 1;
  }

  /** All symbols in order. */
  public String all() {
    return symbols;
  }

  public boolean has(char symbol) {
    return rank(symbol) >= 0;
  }

  /** The place of a symbol; -1 when it is none. */
  public int rank(char symbol) {
    int code = symbol - first;
    return code < 0 || code >= places.length ? -1 : places[code] - 1;
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public int size() {
    return symbols.length();
  }

  @Override
  public int rank(String text, int at) {
    return rank(text.charAt(at));
  }

  @Override
  public Misfit misfit(String text, int at) {
    return Misfit.ALPHABET;
  }

  @Override
  public void put(int rank, char[] out, int at) {
    out[at] = symbols.charAt(rank);
  }
}
