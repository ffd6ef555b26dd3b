package dev.phial.crypto.token;

import org.jspecify.annotations.Nullable;

/** Reads {@code card}, {@code card:16}, {@code card:15..16:bin6:last4} and the like. */
final class CardSpec {
  private static final int LAST = 4;

  private final String spec;
  private LengthRange lengths = CardFormat.LENGTHS;
  private int first;
  private int last;

  private CardSpec(String spec) {
    this.spec = spec;
  }

  static CardFormat parse(String spec, @Nullable String arguments) {
    CardSpec card = new CardSpec(spec);
    if (arguments != null) {
      for (String argument : arguments.split(":", -1)) {
        card.read(argument);
      }
    }
    return new CardFormat(spec, card.lengths, card.first, card.last);
  }

  private void read(String argument) {
    if (argument.equals("last4") && last == 0) {
      last = LAST;
    } else if (argument.matches("bin[68]") && first == 0) {
      first = argument.charAt(3) - '0';
    } else if (argument.matches("[0-9]{2}(\\.\\.[0-9]{2})?")
        && lengths.equals(CardFormat.LENGTHS)) {
      lengths = range(argument);
    } else {
      throw unknown();
    }
  }

  private LengthRange range(String argument) {
    int min = Integer.parseInt(argument, 0, 2, 10);
    int max = Integer.parseInt(argument, argument.length() - 2, argument.length(), 10);
    if (min > max || !CardFormat.LENGTHS.holds(min) || !CardFormat.LENGTHS.holds(max)) {
      throw unknown();
    }
    return new LengthRange(min, max);
  }

  private TokenFormatException unknown() {
    return new TokenFormatException(
        "format " + spec
            + " is unknown: write card, and behind it what you need of :MIN..MAX (13 to 19 digits), :bin6 or :bin8, :last4");
  }
}
