package dev.phial.crypto.deid;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * US ZIP codes as their first three digits, and {@code 000} for areas in which so few live that even these would point to
 * people (45 CFR 164.514(b)(2)(i)(B)).
 *
 * @param areas which areas those are
 */
public record Zip3(ZipAreas areas) implements Generalizer {
  private static final Pattern ZIP = Pattern.compile("\\d{3}|\\d{5}(-?\\d{4})?");
  private static final int KEPT = 3;
  private static final String NOWHERE = "000";

  @Override
  public String rule() {
    return "zip3-safe-harbor";
  }

  @Override
  public Generalized apply(String text, LocalDate today) {
    if (!ZIP.matcher(text).matches()) {
      return new Generalized.Invalid("takes a US ZIP code: 12345, 12345-6789 or 123");
    }
    String area = text.substring(0, KEPT);
    return new Generalized.Coarse(areas.mayBeShown(area) ? area : NOWHERE);
  }
}
