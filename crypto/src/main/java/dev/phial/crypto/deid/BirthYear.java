package dev.phial.crypto.deid;

import java.time.LocalDate;

/**
 * Dates of birth: the year, unless somebody born in it may be over 89 this year. By the year and not by the day: the year
 * alone is what stays, and a year that tells of people of 90 is an element "indicative of such age" (45 CFR
 * 164.514(b)(2)(i)(C)).
 *
 * @param over what stands for the people over 89
 */
public record BirthYear(Over89 over) implements Generalizer {
  private static final int CAP = 90;

  @Override
  public String rule() {
    return "year-90";
  }

  @Override
  public Generalized apply(String text, LocalDate today) {
    if (text.equals(Over89.TEXT)) {
      return over.category();
    }
    return DateText.parse(text)
        .map(date -> today.getYear() - date.year() >= CAP
            ? over.category()
            : new Generalized.Coarse(date.truncated(DatePrecision.YEAR)))
        .orElse(DateCoarsening.NO_DATE);
  }
}
