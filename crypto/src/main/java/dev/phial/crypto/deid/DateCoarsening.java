package dev.phial.crypto.deid;

import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;

/** Dates without what is finer than a year, quarter or month. The form stays: what came from HL7 v2 is still HL7 v2. */
public enum DateCoarsening implements Generalizer {
  YEAR {
    @Override
    String coarse(DateText date) {
      return date.truncated(DatePrecision.YEAR);
    }
  },
  /** {@code 2024-Q1}; of a date that has a year only, the year. */
  QUARTER {
    @Override
    String coarse(DateText date) {
      String year = date.truncated(DatePrecision.YEAR);
      return date.precision() == DatePrecision.YEAR ? year : year + "-Q" + (date.month() + 2) / 3;
    }
  },
  MONTH {
    @Override
    String coarse(DateText date) {
      return date.truncated(DatePrecision.MONTH);
    }
  };

  private static final Pattern A_QUARTER = Pattern.compile("\\d{4}-Q[1-4]");
  static final Generalized.Invalid NO_DATE = new Generalized.Invalid(
      "takes a date: YYYY, YYYY-MM, YYYY-MM-DD with or without a time, YYYYMMDD[HHMM[SS]] or MM/DD/YYYY");

  abstract String coarse(DateText date);

  @Override
  public String rule() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Generalized apply(String text, LocalDate today) {
    if (this == QUARTER && A_QUARTER.matcher(text).matches()) {
      return new Generalized.Coarse(text);
    }
    return DateText.parse(text)
        .<Generalized>map(date -> new Generalized.Coarse(coarse(date)))
        .orElse(NO_DATE);
  }
}
