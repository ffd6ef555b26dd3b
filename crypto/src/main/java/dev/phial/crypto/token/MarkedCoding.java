package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Numbering;
import dev.phial.crypto.token.layout.NumeralSpace;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;
import java.util.Arrays;

/**
 * A token carries its key version, and its numerals are the value's and zeros: encode-then-encipher. FF1 is a permutation
 * of all strings of that length, so numerals that were not enciphered here, under this key and tweak, come back with
 * anything in place of the zeros: a wrong key, tenant, element or context and a forged token pass with a chance of 2^-40 at
 * most, each.
 *
 * <p>The zeros also lift short values over FF1's floor.
 */
final class MarkedCoding implements Coding {
  private static final int REDUNDANCY_BITS = 40;
  private static final TokenOutcome.Invalid NOT_A_TOKEN =
      new TokenOutcome.Invalid("the text is not a token of this element, key version and context");

  private final TokenFormat format;
  private final MarkedBody body;
  private final int version;
  private final int zeros;

  MarkedCoding(TokenFormat format, int version) {
    this.format = format;
    this.body = format.markedBody();
    this.version = version;
    this.zeros = zerosFor(body.radix());
  }

  /** The fewest numerals with at least 2^40 combinations. */
  private static int zerosFor(int radix) {
    int count = 0;
    for (long combinations = 1; combinations < 1L << REDUNDANCY_BITS; combinations *= radix) {
      count++;
    }
    return count;
  }

  @Override
  public Reading readValue(String value) {
    byte[] numerals = body.numerals(value);
    return numerals == null
        ? misfit(value)
        : written(Arrays.copyOf(numerals, numerals.length + zeros), value);
  }

  private Misfit misfit(String value) {
    return format.read(value) instanceof Misfit misfit ? misfit : Misfit.LENGTH;
  }

  private Written written(byte[] padded, String text) {
    return new Written(
        new Bodies(body, NumeralSpace.strings(body.radix(), padded.length)), padded, text);
  }

  @Override
  public TokenOutcome writeToken(Written written) {
    return new TokenOutcome.Token(Marks.mark(version, written.text()));
  }

  @Override
  public Reading readToken(String token) {
    if (Marks.versionOf(token).orElse(0) != version) {
      return Misfit.NOT_CANONICAL;
    }
    byte[] numerals = body.read(Marks.bodyOf(token));
    return numerals == null || !fits(numerals.length)
        ? Misfit.NOT_CANONICAL
        : written(numerals, token);
  }

  private boolean fits(int length) {
    return length > zeros && length <= body.longest() + zeros;
  }

  @Override
  public TokenOutcome writeValue(Written written) {
    byte[] padded = written.numerals();
    if (!endsWithZeros(padded)) {
      return NOT_A_TOKEN;
    }
    String value = body.value(Arrays.copyOf(padded, padded.length - zeros));
    return value == null ? NOT_A_TOKEN : new TokenOutcome.Value(value);
  }

  // All of them are looked at: the time does not tell how far a guess got.
  private boolean endsWithZeros(byte[] padded) {
    int difference = 0;
    for (int i = padded.length - zeros; i < padded.length; i++) {
      difference |= padded[i];
    }
    return difference == 0;
  }

  @Override
  public TokenOutcome.Invalid notAToken(Misfit misfit) {
    return NOT_A_TOKEN;
  }

  private record Bodies(MarkedBody body, NumeralSpace space) implements Numbering {
    @Override
    public String write(byte[] numerals, String like) {
      return body.write(numerals);
    }
  }
}
