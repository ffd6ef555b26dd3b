package dev.phial.crypto.token.layout;

import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a pattern's braces.
 *
 * @param slot the place
 * @param min how many times at least
 * @param max how many times at most
 */
record PatternItem(Slot slot, int min, int max) {
  private static final java.util.regex.Pattern SYNTAX = java.util.regex.Pattern.compile(
      "(=?)(?:([A-Za-z]+)|\\[((?:[^\\\\\\]]|\\\\.)+)])(?:([0-9]{1,3})(?:\\.\\.([0-9]{1,3}))?)?",
      java.util.regex.Pattern.DOTALL);
  private static final java.util.regex.Pattern LUHN =
      java.util.regex.Pattern.compile("luhn(?::([0-9]{1,20}))?");
  private static final Map<String, Symbols> CLASSES = Map.ofEntries(
      Map.entry("d", Symbols.DIGITS),
      Map.entry("A", Symbols.UPPER),
      Map.entry("a", Symbols.LOWER),
      Map.entry("L", new Symbols(Symbols.UPPER.all() + Symbols.LOWER.all())),
      Map.entry("X", new Symbols(Symbols.DIGITS.all() + Symbols.UPPER.all())),
      Map.entry("x", new Symbols(Symbols.DIGITS.all() + Symbols.LOWER.all())),
      Map.entry("w", new Symbols(Symbols.DIGITS.all() + Symbols.UPPER.all() + Symbols.LOWER.all())),
      Map.entry("h", new Symbols("0123456789abcdef")),
      Map.entry("H", new Symbols("0123456789ABCDEF")),
      Map.entry("latin", Script.LATIN.letters()),
      Map.entry("greek", Script.GREEK.letters()),
      Map.entry("cyrillic", Script.CYRILLIC.letters()));

  /** The item of a text without its braces; {@code IllegalArgumentException} says what is wrong with it. */
  static PatternItem parse(String text) {
    Matcher luhn = LUHN.matcher(text);
    if (luhn.matches()) {
      return new PatternItem(new Luhn(luhn.group(1) == null ? "" : luhn.group(1)), 1, 1);
    }
    if (text.equals("dea")) {
      return new PatternItem(new DeaCheck(), 1, 1);
    }
    Matcher item = SYNTAX.matcher(text);
    if (!item.matches()) {
      throw new IllegalArgumentException("{" + text
          + "} is no item: write {d7}, {X4..10}, {[A-HJ-N2-9]3}, {=d2}, {luhn} or {dea}");
    }
    return counted(slot(item), item.group(4), item.group(5));
  }

  private static Slot slot(Matcher item) {
    Symbols symbols = item.group(2) == null ? declared(item.group(3)) : named(item.group(2));
    return item.group(1).isEmpty() ? symbols : Kept.of(symbols);
  }

  private static Symbols named(String name) {
    Symbols symbols = CLASSES.get(name);
    if (symbols == null) {
      throw new IllegalArgumentException("there is no class of characters '" + name
          + "': use d, A, a, L, X, x, w, H, h, latin, greek, cyrillic or a set in brackets");
    }
    return symbols;
  }

  // Sorted, so that the order of writing does not count.
  private static Symbols declared(String set) {
    int[] sorted = SymbolSet.expand(set).chars().sorted().toArray();
    return new Symbols(new String(sorted, 0, sorted.length));
  }

  private static PatternItem counted(Slot slot, @Nullable String from, @Nullable String to) {
    int min = from == null ? 1 : Integer.parseInt(from);
    int max = to == null ? min : Integer.parseInt(to);
    if (min < 1 || max < min || max > PatternReader.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a length is from 1 to " + PatternReader.MAX_LENGTH + ", the lesser first");
    }
    return new PatternItem(slot, min, max);
  }
}
