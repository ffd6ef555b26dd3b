package dev.phial.crypto.token;

import dev.phial.crypto.token.layout.Misfit;
import dev.phial.crypto.token.layout.Pattern;
import dev.phial.crypto.token.layout.PatternException;
import dev.phial.crypto.token.layout.Reading;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What a pattern describes, or several of different lengths. */
final class PatternFormat extends TokenFormat {
  private static final String MBI_START = "{[1-9]}{[AC-HJKMNP-RT-Y]}{[0-9AC-HJKMNP-RT-Y]}{d}";
  private static final String MBI_MIDDLE = "{[AC-HJKMNP-RT-Y]}{[0-9AC-HJKMNP-RT-Y]}{d}";
  private static final String MBI_END = "{[AC-HJKMNP-RT-Y]2}{d2}";

  private final String inWords;
  private final List<Pattern> patterns;

  private PatternFormat(String spec, String inWords, String... patterns) {
    super(spec);
    this.inWords = inWords;
    this.patterns = Arrays.stream(patterns).map(Pattern::parse).toList();
  }

  /** National provider identifiers: ten digits, the first 1 or 2, the last a check. */
  static PatternFormat npi() {
    return new PatternFormat(
        "npi", "an NPI, 10 digits with a check digit", "{[12]}{d8}{luhn:80840}");
  }

  /** DEA registrations: the registrant's type, a letter or 9, seven digits, the last a check. */
  static PatternFormat dea() {
    return new PatternFormat(
        "dea",
        "a DEA number, 2 letters and 7 digits with a check digit",
        "{[A-HJ-MPR-UX]}{[A-Z9]}{d6}{dea}");
  }

  /** Medicare beneficiary identifiers, with or without their two dashes. */
  static PatternFormat mbi() {
    return new PatternFormat(
        "mbi",
        "an MBI, 11 characters or with dashes 4-3-4",
        MBI_START + MBI_MIDDLE + MBI_END,
        MBI_START + "-" + MBI_MIDDLE + "-" + MBI_END);
  }

  /** Letters of one class of patterns. */
  static PatternFormat letters(
      String spec, String characterClass, LengthRange lengths, String inWords) {
    return new PatternFormat(
        spec,
        lengths.inWords() + " " + inWords,
        "{" + characterClass + lengths.min() + ".." + lengths.max() + "}");
  }

  /** A policy's own. */
  static PatternFormat of(String spec, String pattern) {
    try {
      return new PatternFormat(spec, "of the pattern " + pattern, pattern);
    } catch (PatternException e) {
      throw new TokenFormatException("format " + spec + ": " + e.getMessage());
    }
  }

  @Override
  public String domain() {
    return inWords;
  }

  @Override
  public BigInteger domainSize() {
    return patterns.stream()
        .map(Pattern::smallestSize)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Override
  String advice() {
    return "let more of its characters change, or ";
  }

  @Override
  Reading read(String value) {
    for (Pattern pattern : patterns) {
      if (value.length() >= pattern.shortest() && value.length() <= pattern.longest()) {
        return pattern.read(value);
      }
    }
    return Misfit.LENGTH;
  }
}
