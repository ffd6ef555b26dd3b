package dev.phial.crypto.token;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads formats as policies write them. */
final class FormatSpec {
  /** The longest value, in symbols or bytes. */
  static final int MAX_LENGTH = 256;

  private static final Pattern SPEC =
      Pattern.compile("([a-z][a-z-]*)(?::(\\d{1,3})(?:\\.\\.(\\d{1,3}))?)?");

  private FormatSpec() {}

  static TokenFormat parse(String spec) {
    Matcher matcher = SPEC.matcher(spec);
    if (!matcher.matches()) {
      throw unknown(spec);
    }
    String kind = matcher.group(1);
    boolean ranged = matcher.group(2) != null;
    return switch (kind) {
      case "us-ssn" -> unranged(spec, ranged, new SsnFormat());
      case "uuid" -> unranged(spec, ranged, new UuidFormat());
      case "text" ->
        ranged
            ? new TextFormat(spec, range(spec, matcher))
            : new TextFormat(spec, new LengthRange(1, MAX_LENGTH));
      default -> symbols(spec, kind, matcher, ranged);
    };
  }

  private static TokenFormat symbols(String spec, String kind, Matcher matcher, boolean ranged) {
    Alphabet alphabet = Alphabet.named(kind);
    if (alphabet == null) {
      throw unknown(spec);
    }
    if (!ranged) {
      throw new TokenFormatException(
          "format " + spec + " needs a length, such as " + kind + ":8..16");
    }
    return new SymbolFormat(spec, alphabet, range(spec, matcher));
  }

  private static TokenFormat unranged(String spec, boolean ranged, TokenFormat format) {
    if (ranged) {
      throw new TokenFormatException(
          "format " + spec + " has a fixed length: write " + format.spec());
    }
    return format;
  }

  private static LengthRange range(String spec, Matcher matcher) {
    int min = Integer.parseInt(matcher.group(2));
    int max = matcher.group(3) == null ? min : Integer.parseInt(matcher.group(3));
    if (min < 1 || min > max || max > MAX_LENGTH) {
      throw new TokenFormatException("format " + spec
          + " has no proper length: write MIN..MAX with 1 <= MIN <= MAX <= " + MAX_LENGTH);
    }
    return new LengthRange(min, max);
  }

  private static TokenFormatException unknown(String spec) {
    return new TokenFormatException(
        "there is no token format " + spec
            + ": use digits:MIN..MAX, alnum:MIN..MAX, alnum-upper:MIN..MAX, alnum-lower:MIN..MAX, hex:MIN..MAX, us-ssn, uuid or text");
  }
}
