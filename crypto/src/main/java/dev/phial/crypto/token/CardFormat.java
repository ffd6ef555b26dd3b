package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Kept;
import dev.phial.crypto.token.layout.Luhn;
import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Slot;
import dev.phial.crypto.token.layout.Symbols;
import java.math.BigInteger;

/**
 * Payment card numbers, spaces and dashes kept. Tokens pass the Luhn check as their values do: the last digit that changes is
 * the one that makes it so.
 */
final class CardFormat extends TokenFormat {
  static final LengthRange LENGTHS = new LengthRange(13, 19);

  private static final int LONGEST_TEXT = 2 * LENGTHS.max();
  private static final Symbols SEPARATORS = new Symbols(" -");
  private static final Kept KEPT = Kept.of(Symbols.DIGITS);
  private static final Luhn CHECK = new Luhn("");

  private final LengthRange lengths;
  private final int keptFirst;
  private final int keptLast;

  CardFormat(String spec, LengthRange lengths, int keptFirst, int keptLast) {
    super(spec);
    this.lengths = lengths;
    this.keptFirst = keptFirst;
    this.keptLast = keptLast;
  }

  @Override
  public String domain() {
    return "a card number, " + lengths.inWords() + " digits with a check digit";
  }

  @Override
  public BigInteger domainSize() {
    return BigInteger.TEN.pow(Math.max(0, lengths.min() - keptFirst - keptLast - 1));
  }

  @Override
  String advice() {
    return "keep fewer digits, or take longer numbers only, or ";
  }

  @Override
  Reading read(String value) {
    if (value.length() > LONGEST_TEXT) {
      return Misfit.LENGTH;
    }
    Punctuated number = new Punctuated(value, SEPARATORS);
    int digits = number.digits();
    return lengths.holds(digits)
        ? number.layout(place -> slot(place, digits)).read(value)
        : Misfit.LENGTH;
  }

  private Slot slot(int place, int digits) {
    if (place < keptFirst || place >= digits - keptLast) {
      return KEPT;
    }
    return place == digits - keptLast - 1 ? CHECK : Symbols.DIGITS;
  }
}
