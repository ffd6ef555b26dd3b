package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Kept;
import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Slot;
import dev.phial.crypto.token.layout.Symbols;
import java.math.BigInteger;

/**
 * Telephone numbers, separators kept. International ones (E.164) begin with a plus, and their country code stays; those of
 * North America have ten digits, area code and exchange from 200 on, as their tokens have.
 */
final class PhoneFormat extends TokenFormat {
  private static final int LONGEST_TEXT = 40;
  private static final int LONGEST_E164 = 15;
  private static final int SHORTEST_NATIONAL = 6;
  private static final int NORTH_AMERICAN = 10;
  private static final BigInteger NORTH_AMERICAN_SIZE = BigInteger.valueOf(6_400_000_000L);
  private static final Symbols SEPARATORS = new Symbols(" -./()+");
  private static final Symbols FROM_TWO = new Symbols("23456789");
  private static final Kept COUNTRY = Kept.of(Symbols.DIGITS);
  private static final Kept ONE = Kept.literal('1');

  private final boolean international;

  PhoneFormat(boolean international) {
    super(international ? "phone" : "phone-us");
    this.international = international;
  }

  @Override
  public String domain() {
    return international
        ? "a telephone number, + and a country code and 6 to 14 digits"
        : "a North American telephone number, 10 digits, or 11 with 1 in front";
  }

  @Override
  public BigInteger domainSize() {
    return international ? BigInteger.TEN.pow(SHORTEST_NATIONAL) : NORTH_AMERICAN_SIZE;
  }

  @Override
  Reading read(String value) {
    int plus = value.lastIndexOf('+');
    if (value.length() > LONGEST_TEXT) {
      return Misfit.LENGTH;
    }
    if (plus > 0 || (international && plus < 0)) {
      return Misfit.SEPARATOR;
    }
    Punctuated number = new Punctuated(value, SEPARATORS);
    return international ? international(value, number) : northAmerican(value, number, plus == 0);
  }

  private static Reading international(String value, Punctuated number) {
    int code = CountryCodes.lengthOf(number.digits(3));
    int national = number.digits() - code;
    if (code == 0) {
      return Misfit.COUNTRY_CODE;
    }
    if (national < SHORTEST_NATIONAL || code + national > LONGEST_E164) {
      return Misfit.LENGTH;
    }
    boolean american = number.digits(1).equals("1");
    if (american && national != NORTH_AMERICAN) {
      return Misfit.LENGTH;
    }
    return number
        .layout(place -> place < code ? COUNTRY : american ? slot(place - code) : Symbols.DIGITS)
        .read(value);
  }

  private static Reading northAmerican(String value, Punctuated number, boolean plus) {
    int code = number.digits() - NORTH_AMERICAN;
    return code < (plus ? 1 : 0) || code > 1
        ? Misfit.LENGTH
        : number.layout(place -> place < code ? ONE : slot(place - code)).read(value);
  }

  private static Slot slot(int place) {
    return place == 0 || place == 3 ? FROM_TWO : Symbols.DIGITS;
  }
}
