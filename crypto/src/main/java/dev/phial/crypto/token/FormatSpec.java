package dev.phial.crypto.token;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads formats as policies write them: a kind, and behind a colon what it needs. */
final class FormatSpec {
  /** The longest value, in symbols or bytes. */
  static final int MAX_LENGTH = 256;

  private static final String PATTERN = "pattern:";
  private static final Pattern SPEC = Pattern.compile("([a-z][a-z0-9-]*)(?::(.+))?");
  private static final Pattern RANGE = Pattern.compile("(\\d{1,3})(?:\\.\\.(\\d{1,3}))?");

  private final String spec;
  private final @Nullable String argument;

  private FormatSpec(String spec, @Nullable String argument) {
    this.spec = spec;
    this.argument = argument;
  }

  static TokenFormat parse(String spec) {
    if (spec.startsWith(PATTERN)) {
      return PatternFormat.of(spec, spec.substring(PATTERN.length()));
    }
    Matcher matcher = SPEC.matcher(spec);
    if (!matcher.matches()) {
      throw unknown(spec);
    }
    return new FormatSpec(spec, matcher.group(2)).ofKind(matcher.group(1));
  }

  private TokenFormat ofKind(String kind) {
    return switch (kind) {
      case "us-ssn" -> ssn();
      case "uuid" -> alone(kind, new UuidFormat());
      case "npi" -> alone(kind, PatternFormat.npi());
      case "dea" -> alone(kind, PatternFormat.dea());
      case "mbi" -> alone(kind, PatternFormat.mbi());
      case "phone" -> alone(kind, new PhoneFormat(true));
      case "phone-us" -> alone(kind, new PhoneFormat(false));
      case "card" -> CardSpec.parse(spec, argument);
      case "email" -> email();
      case "name" -> NameFormat.of(spec, argument);
      case "ipv4" -> IpFormat.of(spec, IpText.V4, argument);
      case "ipv6" -> IpFormat.of(spec, IpText.V6, argument);
      case "text" ->
        new TextFormat(spec, argument == null ? new LengthRange(1, MAX_LENGTH) : range(argument));
      default -> symbols(kind);
    };
  }

  private TokenFormat ssn() {
    if (argument == null) {
      return new SsnFormat(false);
    }
    return switch (argument) {
      case "invalid" -> new SsnFormat(true);
      case "any" -> new AnySsnFormat();
      default ->
        throw new TokenFormatException("format " + spec
            + " is unknown: write us-ssn, us-ssn:invalid or us-ssn:any; its length is fixed");
    };
  }

  private TokenFormat email() {
    if (argument != null && !argument.equals("hide-domain")) {
      throw new TokenFormatException(
          "format " + spec + " is unknown: write email or email:hide-domain");
    }
    return new EmailFormat(argument != null);
  }

  private TokenFormat symbols(String kind) {
    Alphabet alphabet = Alphabet.named(kind);
    LetterClass letters = LetterClass.named(kind);
    if (alphabet == null && letters == null) {
      throw unknown(spec);
    }
    if (argument == null) {
      throw new TokenFormatException(
          "format " + spec + " needs a length, such as " + kind + ":8..16");
    }
    LengthRange lengths = range(argument);
    return letters == null
        ? new SymbolFormat(spec, Objects.requireNonNull(alphabet), lengths)
        : letters.format(spec, lengths);
  }

  private TokenFormat alone(String kind, TokenFormat format) {
    if (argument != null) {
      throw new TokenFormatException("format " + spec + " has a fixed length: write " + kind);
    }
    return format;
  }

  private LengthRange range(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      throw noLength(spec);
    }
    int min = Integer.parseInt(matcher.group(1));
    int max = matcher.group(2) == null ? min : Integer.parseInt(matcher.group(2));
    if (min < 1 || min > max || max > MAX_LENGTH) {
      throw noLength(spec);
    }
    return new LengthRange(min, max);
  }

  private static TokenFormatException noLength(String spec) {
    return new TokenFormatException("format " + spec
        + " has no proper length: write MIN..MAX with 1 <= MIN <= MAX <= " + MAX_LENGTH);
  }

  private static TokenFormatException unknown(String spec) {
    return new TokenFormatException("there is no token format " + spec
        + ": use digits:MIN..MAX, alnum, alnum-upper, alnum-lower, hex, letters, letters-upper, letters-lower, latin,"
        + " greek or cyrillic likewise, us-ssn, npi, dea, mbi, card, phone, phone-us, email, name:SCRIPT, ipv4, ipv6,"
        + " uuid, pattern:... or text");
  }
}
