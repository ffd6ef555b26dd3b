package dev.phial.masking;

import java.util.List;
import java.util.Objects;

/**
 * A rule of the policy's own for values that no built-in rule knows.
 *
 * @param element what the values are
 * @param pattern how they look: {@code #} is a digit, {@code @} a letter, {@code ?} either, {@code {3}} or {@code {3,8}} after
 *     one of them repeats it, and any other character is itself; matched against whole words, such as {@code AB-#{6,8}}
 * @param keywords one of these words must stand within a dozen words before the value; empty: none need to
 * @param checksum which check digits the value's digits must have
 */
public record LogRule(
    LogElement element, String pattern, List<String> keywords, Checksum checksum) {

  /** Check digits. */
  public enum Checksum {
    NONE,
    /** ISO/IEC 7812-1: cards, NPI with its prefix left out, many account numbers. */
    LUHN,
    /** ISO/IEC 7064 MOD 11-2 over digits, such as ISBN-like numbers with weights 10, 9, 8... */
    MOD11
  }

  public LogRule {
    Objects.requireNonNull(element, "element");
    Objects.requireNonNull(checksum, "checksum");
    keywords = List.copyOf(keywords);
    if (pattern.isEmpty() || pattern.length() > 100) {
      throw new IllegalArgumentException("a pattern has 1 to 100 characters");
    }
  }
}
