package dev.phial.crypto.token;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Draws tokens at random, for those who remember what each stands for: of a format, uniformly from all texts that keep of a
 * value what the format keeps, or opaque. A token tells of its value what the format keeps and nothing else.
 *
 * <p>Two draws may be equal: of {@code n} tokens in a space of {@code N} the chance that any two are is about
 * {@code n²/2N} (the birthday bound). Whoever remembers them refuses one that is taken and draws again; with a part
 * {@code f} of the space taken, {@code k} draws in a row fail with {@code f^k}. Opaque tokens have 130 random bits: of
 * 10<sup>8</sup> of them two are equal with a chance below 10<sup>-23</sup>.
 *
 * <p>Thread-safe.
 */
public final class RandomTokens {
  /** The fewest tokens that a value of a format may have. With fewer, most values could be guessed and tokens run out. */
  public static final int LEAST_SPACE = 10_000;

  // More than half of the draws are of use: so many in vain do not happen by chance.
  private static final int MOST_DRAWS = 256;
  private static final String OPAQUE_PREFIX = "vt1.";
  // Crockford's: no letter that is read as another or as a digit.
  private static final String OPAQUE_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int OPAQUE_SYMBOLS = 26;
  private static final Pattern OPAQUE = Pattern.compile("vt1\\.[0-9a-hjkmnp-tv-z]{26}");

  private final @Nullable TokenFormat format;
  private final SecureRandom random;

  private RandomTokens(@Nullable TokenFormat format, SecureRandom random) {
    this.format = format;
    this.random = random;
  }

  /**
   * Tokens of a format.
   *
   * @throws TokenFormatException when {@link #requireUsable} does
   */
  public static RandomTokens of(TokenFormat format, SecureRandom random) {
    requireUsable(format);
    return new RandomTokens(format, random);
  }

  /** Tokens of no format: {@code vt1.} and 26 characters of {@code [0-9a-hjkmnp-tv-z]}. */
  public static RandomTokens opaque(SecureRandom random) {
    return new RandomTokens(null, random);
  }

  /**
   * Checks that values of this format can have random tokens.
   *
   * @throws TokenFormatException when they cannot, with advice
   */
  public static void requireUsable(TokenFormat format) {
    if (format instanceof TextFormat) {
      throw new TokenFormatException(
          "format " + format.spec() + " keeps no form: write format: opaque");
    }
    if (format.domainSize().compareTo(BigInteger.valueOf(LEAST_SPACE)) < 0) {
      throw new TokenFormatException(String.format(
          "format %s takes values with only %,d possible tokens, and %,d are the fewest that do not run out at once:"
              + " write format: opaque, or encrypt, generalize or redact the element",
          format.spec(), format.domainSize(), LEAST_SPACE));
    }
  }

  /** Whether a text has the form of an opaque token: a hint for dispatch, not a proof of anything. */
  public static boolean looksOpaque(String text) {
    return text.startsWith(OPAQUE_PREFIX) && OPAQUE.matcher(text).matches();
  }

  /**
   * A token for a value, never the value itself.
   *
   * @throws IllegalArgumentException when it is no value of the format; says why, without a word of it
   */
  public String draw(String value) {
    if (format == null) {
      return opaque();
    }
    TokenSpace space = format.tokensLike(value);
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      String token = space.token(below(space.size()));
      if (!token.equals(value)) {
        return token;
      }
    }
    throw broken();
  }

  /** Why a text is no value of the format, without a word of it; empty when it is one. */
  public Optional<String> misfit(String value) {
    return format == null ? Optional.empty() : format.misfit(value);
  }

  /** Uniform: a number that is too great is drawn again, not folded. */
  private BigInteger below(BigInteger size) {
    int bits = size.subtract(BigInteger.ONE).bitLength();
    for (int draw = 0; draw < MOST_DRAWS; draw++) {
      BigInteger number = new BigInteger(bits, random);
      if (number.compareTo(size) < 0) {
        return number;
      }
    }
    throw broken();
  }

  private static IllegalStateException broken() {
    return new IllegalStateException("the random generator repeats itself");
  }

  private String opaque() {
    byte[] bytes = new byte[OPAQUE_SYMBOLS];
    random.nextBytes(bytes);
    StringBuilder token = new StringBuilder(OPAQUE_PREFIX);
    for (byte symbol : bytes) {
      token.append(OPAQUE_ALPHABET.charAt(symbol & 31));
    }
    return token.toString();
  }
}
