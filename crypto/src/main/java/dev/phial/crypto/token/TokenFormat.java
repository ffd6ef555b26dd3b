package dev.phial.crypto.token;

import dev.phial.crypto.fpe.Ff1Domain;
import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Reading;
import dev.phial.crypto.token.layout.Written;
import java.math.BigInteger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What values a tokenized element takes, and what of them its tokens keep. Immutable.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><th>spec</th><th>values</th></tr>
 * <tr><td>{@code digits:7..12}</td><td>that many ASCII digits; {@code digits:9} for exactly nine</td></tr>
 * <tr><td>{@code alnum:MIN..MAX}</td><td>characters of {@code 0-9A-Za-z}; {@code alnum-upper}, {@code alnum-lower} and
 *     {@code hex} likewise</td></tr>
 * <tr><td>{@code letters:MIN..MAX}</td><td>letters; {@code letters-upper}, {@code letters-lower}, {@code latin},
 *     {@code greek}, {@code cyrillic} likewise</td></tr>
 * <tr><td>{@code us-ssn}</td><td>social security numbers that can be issued; so are the tokens. With {@code :invalid} the
 *     tokens begin with a letter; with {@code :any} values and tokens are any nine digits</td></tr>
 * <tr><td>{@code npi}, {@code dea}, {@code mbi}</td><td>US provider, DEA registration and Medicare beneficiary numbers</td></tr>
 * <tr><td>{@code card}</td><td>payment cards; {@code :bin6}, {@code :bin8}, {@code :last4} keep these digits</td></tr>
 * <tr><td>{@code phone}, {@code phone-us}</td><td>telephone numbers with their separators</td></tr>
 * <tr><td>{@code email}</td><td>mail addresses; the domain stays unless {@code :hide-domain}</td></tr>
 * <tr><td>{@code name:SCRIPT}</td><td>people's names, with their case and punctuation</td></tr>
 * <tr><td>{@code ipv4}, {@code ipv6}</td><td>addresses; with {@code :/8} the first bits stay</td></tr>
 * <tr><td>{@code uuid}</td><td>canonical lower-case UUIDs; all 32 digits change, version and variant too</td></tr>
 * <tr><td>{@code pattern:...}</td><td>what a pattern describes, such as <code>MRN-{d7}-{luhn}</code></td></tr>
 * <tr><td>{@code text}, {@code text:1..256}</td><td>any text of that many bytes of UTF-8; only with {@link Marking#MARKED},
 *     because its tokens look like no value</td></tr>
 * </table>
 *
 * <p>A token tells of its value what the format keeps: the length, but for short names and mail addresses, the punctuation,
 * what it is told to keep.
 */
public abstract sealed class TokenFormat
    permits SymbolFormat,
        SsnFormat,
        AnySsnFormat,
        UuidFormat,
        PatternFormat,
        CardFormat,
        PhoneFormat,
        EmailFormat,
        NameFormat,
        IpFormat,
        TextFormat {
  private final String spec;

  TokenFormat(String spec) {
    this.spec = spec;
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
  public void requireUsable(Marking marking) {
    if (marking == Marking.PLAIN
        && domainSize().compareTo(BigInteger.valueOf(Ff1Domain.FLOOR)) < 0) {
      throw new TokenFormatException(String.format(
          "format %s takes values with only %,d possibilities, and FF1 cannot protect fewer than 1,000,000: %s"
              + "use key_version: marked, or encrypt, generalize or redact the element",
          spec, domainSize(), advice()));
    }
  }

  /** What would make the format large enough, to stand before the general advice; may be empty. */
  String advice() {
    return "";
  }

  /** Whether {@code text} is a value of this format. */
  public final boolean accepts(String text) {
    return !(read(text) instanceof Misfit);
  }

  /** Why {@code text} is no value of this format, without a word of it; empty when it is one. */
  public final Optional<String> misfit(String text) {
    return read(text) instanceof Misfit misfit
        ? Optional.of(
            "the value is not " + domain() + ": " + Misfits.exact(misfit, text).inWords())
        : Optional.empty();
  }

  /**
   * The tokens that a value may have: all texts that keep of it what the format keeps, numbered.
   *
   * @throws IllegalArgumentException when it is no value of this format; says why, without a word of it
   * @throws TokenFormatException when tokens of this format keep no form
   */
  public final TokenSpace tokensLike(String value) {
    Reading reading = read(value);
    if (reading instanceof Written written) {
      return new TokenSpace(this, written);
    }
    if (reading instanceof Misfit) {
      throw new IllegalArgumentException(misfit(value).orElseThrow());
    }
    throw new TokenFormatException("tokens of format " + spec + " keep no form of their values");
  }

  /** The format as a policy writes it, such as {@code digits:7..12}. */
  public final String spec() {
    return spec;
  }

  /** The values it takes, in words, such as {@code 7 to 12 digits}. */
  public abstract String domain();

  /** Among how many a token hides at least: the texts that keep what it keeps, where they are fewest. */
  public abstract BigInteger domainSize();

  /** Takes a value apart. */
  abstract Reading read(String value);

  /** Takes a token apart, which has the form of a value unless a format says otherwise. */
  Reading readToken(String token) {
    return read(token);
  }

  /** The inverse of {@link #readToken}. */
  String writeToken(Written written) {
    return written.text();
  }

  /** What of a value a marked token enciphers, and how it is written. */
  MarkedBody markedBody() {
    return new TextBody(this);
  }

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
