package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Numbering;
import dev.phial.crypto.token.layout.NumeralSpace;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** UUIDs in their canonical lower-case form, as 32 hex digits. */
final class UuidFormat extends TokenFormat {
  private static final int DIGITS = 32;
  private static final int LENGTH = 36;
  private static final Numbering ALL = new Uuids(NumeralSpace.strings(16, DIGITS));

  UuidFormat() {
    super("uuid");
  }

  @Override
  public String domain() {
    return "a UUID in lower case, 8-4-4-4-12";
  }

  @Override
  public BigInteger domainSize() {
    return ALL.space().size();
  }

  @Override
  Reading read(String value) {
    if (value.length() != LENGTH) {
      return Misfit.LENGTH;
    }
    if (!dashed(value)) {
      return Misfit.SEPARATOR;
    }
    byte[] numerals = numerals(value);
    return numerals == null ? Misfit.ALPHABET : new Written(ALL, numerals, value);
  }

  private static byte @Nullable [] numerals(String value) {
    return Alphabet.HEX.numerals(value.substring(0, 8)
        + value.substring(9, 13)
        + value.substring(14, 18)
        + value.substring(19, 23)
        + value.substring(24));
  }

  private static boolean dashed(String value) {
    return value.charAt(8) == '-'
        && value.charAt(13) == '-'
        && value.charAt(18) == '-'
        && value.charAt(23) == '-';
  }

  private static String write(byte[] numerals) {
    String hex = Alphabet.HEX.text(numerals);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  @Override
  MarkedBody markedBody() {
    return new AlphabetBody(Alphabet.HEX, DIGITS) {
      @Override
      public byte @Nullable [] numerals(String value) {
        return UuidFormat.this.read(value) instanceof Written written ? written.numerals() : null;
      }

      @Override
      public @Nullable String value(byte[] numerals) {
        return numerals.length == DIGITS ? UuidFormat.write(numerals) : null;
      }
    };
  }

  private record Uuids(NumeralSpace space) implements Numbering {
    @Override
    public String write(byte[] numerals, String like) {
      return UuidFormat.write(numerals);
    }
  }
}
