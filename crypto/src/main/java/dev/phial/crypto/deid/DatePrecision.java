package dev.phial.crypto.deid;

/** How exactly a date is written. */
public enum DatePrecision {
  YEAR,
  MONTH,
  /** A whole date, with or without a time of day. */
  DAY
}
