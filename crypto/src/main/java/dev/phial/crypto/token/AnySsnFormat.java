package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Numbering;
import dev.phial.crypto.token.layout.NumeralSpace;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Nine digits written as a social security number, with or without the two dashes, issued or not: for records that hold
 * taxpayer numbers, placeholders and test numbers in its place.
 */
final class AnySsnFormat extends TokenFormat {
  private static final int DIGITS = 9;
  private static final int DASHED = 1;
  private static final Numbering ALL = new NineDigits(NumeralSpace.strings(10, DIGITS));

  AnySsnFormat() {
    super("us-ssn:any");
  }

  @Override
  public String domain() {
    return "ddd-dd-dddd or 9 digits";
  }

  @Override
  public BigInteger domainSize() {
    return ALL.space().size();
  }

  @Override
  Reading read(String value) {
    boolean dashed = dashed(value);
    if (!dashed && value.length() != DIGITS) {
      return value.length() == DIGITS + 2 ? Misfit.SEPARATOR : Misfit.LENGTH;
    }
    byte[] numerals = Alphabet.DIGITS.numerals(
        dashed ? value.substring(0, 3) + value.substring(4, 6) + value.substring(7) : value);
    return numerals == null ? Misfit.ALPHABET : new Written(ALL, numerals, value);
  }

  private static boolean dashed(String value) {
    return value.length() == DIGITS + 2 && value.charAt(3) == '-' && value.charAt(6) == '-';
  }

  private static String write(byte[] numerals, boolean dashed) {
    String digits = Alphabet.DIGITS.text(numerals);
    return dashed
        ? digits.substring(0, 3) + "-" + digits.substring(3, 5) + "-" + digits.substring(5)
        : digits;
  }

  /** The digits, and one numeral for how they were written. */
  @Override
  MarkedBody markedBody() {
    return new AlphabetBody(Alphabet.DIGITS, DIGITS + 1) {
      @Override
      public byte @Nullable [] numerals(String value) {
        if (!(AnySsnFormat.this.read(value) instanceof Written written)) {
          return null;
        }
        byte[] numerals = Arrays.copyOf(written.numerals(), DIGITS + 1);
        numerals[DIGITS] = (byte) (dashed(value) ? DASHED : 0);
        return numerals;
      }

      @Override
      public @Nullable String value(byte[] numerals) {
        return numerals.length == DIGITS + 1 && numerals[DIGITS] <= DASHED
            ? AnySsnFormat.write(Arrays.copyOf(numerals, DIGITS), numerals[DIGITS] == DASHED)
            : null;
      }
    };
  }

  private record NineDigits(NumeralSpace space) implements Numbering {
    @Override
    public String write(byte[] numerals, String like) {
      return AnySsnFormat.write(numerals, dashed(like));
    }
  }
}
