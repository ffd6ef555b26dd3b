package dev.phial.crypto.token;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Random values of a format, some with a context of the caller's. */
final class Samples {
  private static final String ALNUM =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Map<String, String> SYMBOLS = Map.of(
      "digits",
      "0123456789",
      "alnum",
      ALNUM,
      "alnum-upper",
      ALNUM.substring(0, 36),
      "alnum-lower",
      "0123456789" + ALNUM.substring(36),
      "hex",
      "0123456789abcdef");

  private Samples() {}

  static List<TokenInput> valuesOf(String spec, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TokenInput> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Map<String, String> context = new HashMap<>();
      if (i % 3 == 0) {
        context.put("patient", "p" + i % 5);
      }
      values.add(new TokenInput(value(spec, random), context));
    }
    return values;
  }

  private static String value(String spec, SplittableRandom random) {
    return switch (spec) {
      case "us-ssn:any" -> ssn(random);
      case "uuid" ->
        symbols("hex", 8, random) + "-" + symbols("hex", 4, random) + "-"
            + symbols("hex", 4, random) + "-" + symbols("hex", 4, random) + "-"
            + symbols("hex", 12, random);
      case "text" -> text(random);
      default -> ranged(spec, random);
    };
  }

  private static String ssn(SplittableRandom random) {
    String digits = symbols("digits", 9, random);
    return random.nextBoolean()
        ? digits
        : digits.substring(0, 3) + "-" + digits.substring(3, 5) + "-" + digits.substring(5);
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(60); i >= 0; i--) {
      int codePoint = random.nextInt(random.nextBoolean() ? 0x80 : 0x20000);
      text.appendCodePoint(codePoint >= 0xD800 && codePoint < 0xE000 ? '?' : codePoint);
    }
    return text.toString();
  }

  private static String ranged(String spec, SplittableRandom random) {
    String kind = spec.substring(0, spec.indexOf(':'));
    String[] range = spec.substring(spec.indexOf(':') + 1).split("\\.\\.", -1);
    int min = Integer.parseInt(range[0]);
    int max = Integer.parseInt(range[range.length - 1]);
    return symbols(kind, random.nextInt(min, max + 1), random);
  }

  private static String symbols(String kind, int length, SplittableRandom random) {
    String alphabet = SYMBOLS.getOrDefault(kind, "");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
