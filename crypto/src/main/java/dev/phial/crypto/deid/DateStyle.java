package dev.phial.crypto.deid;

import java.util.Locale;

/** How a date is written. */
enum DateStyle {
  /** ISO 8601 and FHIR: {@code 2024}, {@code 2024-02}, {@code 2024-02-29}, {@code 2024-02-29T10:00:00+01:00}. */
  ISO("%04d-%02d", "%04d-%02d-%02d"),
  /** HL7 v2: {@code 202402}, {@code 20240229}, {@code 20240229100000.123+0100}. */
  COMPACT("%04d%02d", "%04d%02d%02d"),
  /** {@code 02/2024}, {@code 02/29/2024}. */
  US("%2$02d/%1$04d", "%2$02d/%3$02d/%1$04d");

  private final String month;
  private final String day;

  DateStyle(String month, String day) {
    this.month = month;
    this.day = day;
  }

  String write(DatePrecision precision, int year, int monthOfYear, int dayOfMonth) {
    return switch (precision) {
      case YEAR -> String.format(Locale.ROOT, "%04d", year);
      case MONTH -> String.format(Locale.ROOT, month, year, monthOfYear);
      case DAY -> String.format(Locale.ROOT, day, year, monthOfYear, dayOfMonth);
    };
  }
}
