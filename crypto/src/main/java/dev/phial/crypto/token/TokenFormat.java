package dev.phial.crypto.token;

import org.jspecify.annotations.Nullable;

/**
 * What values a tokenized element takes, and what of them its tokens keep. Immutable.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><th>spec</th><th>values</th></tr>
 * <tr><td>{@code digits:7..12}</td><td>that many ASCII digits; {@code digits:9} for exactly nine</td></tr>
 * <tr><td>{@code alnum:MIN..MAX}</td><td>characters of {@code 0-9A-Za-z}</td></tr>
 * <tr><td>{@code alnum-upper:MIN..MAX}</td><td>characters of {@code 0-9A-Z}</td></tr>
 * <tr><td>{@code alnum-lower:MIN..MAX}</td><td>characters of {@code 0-9a-z}</td></tr>
 * <tr><td>{@code hex:MIN..MAX}</td><td>characters of {@code 0-9a-f}</td></tr>
 * <tr><td>{@code us-ssn}</td><td>{@code ddd-dd-dddd} or nine digits; the token is written the same way. All nine digits
 *     change: a token may fall in an area that is not issued</td></tr>
 * <tr><td>{@code uuid}</td><td>canonical lower-case UUIDs; all 32 digits change, version and variant too</td></tr>
 * <tr><td>{@code text}, {@code text:1..256}</td><td>any text of that many bytes of UTF-8; only with {@link Marking#MARKED},
 *     because its tokens look like no value</td></tr>
 * </table>
 *
 * <p>A token tells its value's length (of {@code text}, in bytes).
 */
public abstract sealed class TokenFormat permits SymbolFormat, SsnFormat, UuidFormat, TextFormat {
  private final String spec;
  private final int radix;

  TokenFormat(String spec, int radix) {
    this.spec = spec;
    this.radix = radix;
  }

  /**
   * Reads a format that is to be used with {@code marking}.
   *
   * @throws TokenFormatException when there is no such format, or it cannot be used so
   */
  public static TokenFormat parse(String spec, Marking marking) {
    TokenFormat format = FormatSpec.parse(spec);
    format.requireUsable(marking);
    return format;
  }

  /** As {@link #parse(String, Marking)} with {@link Marking#PLAIN}, except that {@code text} is taken as marked. */
  public static TokenFormat parse(String spec) {
    TokenFormat format = FormatSpec.parse(spec);
    format.requireUsable(format instanceof TextFormat ? Marking.MARKED : Marking.PLAIN);
    return format;
  }

  /**
   * Checks that values of this format can be tokenized with {@code marking}: FF1 needs 1,000,000 possible values, which a
   * mark's redundancy always makes up.
   *
   * @throws TokenFormatException when they cannot, with advice
   */
  public abstract void requireUsable(Marking marking);

  /** Whether {@code text} is a value of this format. */
  public final boolean accepts(String text) {
    return read(text) != null;
  }

  /** The format as a policy writes it, such as {@code digits:7..12}. */
  public final String spec() {
    return spec;
  }

  /** The values it takes, in words, such as {@code 7 to 12 digits}. */
  public abstract String domain();

  final int radix() {
    return radix;
  }

  /** In how many ways one value may be written. */
  int shapes() {
    return 1;
  }

  /** Takes a value apart; null when it is not one. */
  abstract @Nullable Written read(String value);

  /** The inverse of {@link #read}; null when no value is written so, which happens with foreign numerals only. */
  abstract @Nullable String write(byte[] numerals, int shape);

  /** The body of a marked token. */
  abstract String writeBody(byte[] numerals);

  /** The inverse of {@link #writeBody}; null when it is not one. */
  abstract byte @Nullable [] readBody(String body);

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof TokenFormat that && spec.equals(that.spec);
  }

  @Override
  public final int hashCode() {
    return spec.hashCode();
  }

  @Override
  public final String toString() {
    return spec;
  }
}
