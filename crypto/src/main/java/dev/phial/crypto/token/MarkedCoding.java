package dev.phial.crypto.token;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
  private final int version;
  private final int zeros;
  private final int extra;

  MarkedCoding(TokenFormat format, int version) {
    this.format = format;
    this.version = version;
    this.zeros = zerosFor(format.radix());
    this.extra = zeros + (format.shapes() > 1 ? 1 : 0);
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
  public @Nullable Written readValue(String value) {
    Written written = format.read(value);
    if (written == null) {
      return null;
    }
    int length = written.numerals().length;
    byte[] padded = Arrays.copyOf(written.numerals(), length + extra);
    if (extra > zeros) {
      padded[length] = (byte) written.shape();
    }
    return new Written(padded, 0);
  }

  @Override
  public TokenOutcome writeToken(Written written) {
    return new TokenOutcome.Token(Marks.mark(version, format.writeBody(written.numerals())));
  }

  @Override
  public @Nullable Written readToken(String token) {
    if (Marks.versionOf(token).orElse(0) != version) {
      return null;
    }
    byte[] numerals = format.readBody(Marks.bodyOf(token));
    return numerals == null || !fits(numerals.length) ? null : new Written(numerals, 0);
  }

  private boolean fits(int length) {
    return length > extra && length <= FormatSpec.MAX_LENGTH + extra;
  }

  @Override
  public TokenOutcome writeValue(Written written) {
    byte[] padded = written.numerals();
    int length = padded.length - extra;
    int shape = extra > zeros ? padded[length] & 0xff : 0;
    if (!endsWithZeros(padded) || shape >= format.shapes()) {
      return NOT_A_TOKEN;
    }
    String value = format.write(Arrays.copyOf(padded, length), shape);
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
  public TokenOutcome.Invalid notAToken() {
    return NOT_A_TOKEN;
  }
}
