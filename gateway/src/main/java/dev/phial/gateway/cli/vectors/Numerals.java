package dev.phial.gateway.cli.vectors;

import java.util.List;

/** FF1 strings: numbers in a list, or characters of an alphabet. */
final class Numerals {
  private Numerals() {}

  static List<Integer> of(JsonNode list) {
    return list.items().stream().map(Numerals::numeral).toList();
  }

  /** A character that the alphabet lacks is -1: some vectors ask just that. */
  static List<Integer> of(JsonNode text, String alphabet) {
    return text.text().codePoints().map(c -> position(alphabet, c)).boxed().toList();
  }

  /** A number that no numeral can be is -1. */
  private static Integer numeral(JsonNode item) {
    long number = item.number();
    return number < 0 || number > Integer.MAX_VALUE ? -1 : (int) number;
  }

  private static int position(String alphabet, int codePoint) {
    int at = alphabet.indexOf(codePoint);
    return at < 0 ? -1 : alphabet.codePointCount(0, at);
  }
}
