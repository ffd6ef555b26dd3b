package dev.phial.crypto.deid;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date as it was written: its year, month and day, and the time of day and zone behind them, which are never touched. The
 * proleptic Gregorian calendar, years 0001 to 9999.
 *
 * <p>Read are the forms of FHIR (date, dateTime, instant), of HL7 v2 (DT, TS, DTM) and {@code MM/DD/YYYY}. Two-digit years,
 * other orders and days that are in no calendar are no dates.
 */
public final class DateText {
  private static final int LONGEST = 48;
  private static final int LAST_YEAR = 9999;

  private static final String ISO_TIME =
      "T([01]\\d|2[0-3]):[0-5]\\d(:([0-5]\\d|60)(\\.\\d{1,18})?)?(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)?";
  private static final String COMPACT_TIME =
      "(([01]\\d|2[0-3])([0-5]\\d(([0-5]\\d|60)(\\.\\d{1,18})?)?)?)?([+-]([01]\\d|2[0-3])[0-5]\\d)?";

  private static final Pattern ISO =
      Pattern.compile("(?<y>\\d{4})(-(?<m>\\d{2})(-(?<d>\\d{2})(?<rest>(" + ISO_TIME + ")?))?)?");
  private static final Pattern COMPACT =
      Pattern.compile("(?<y>\\d{4})(?<m>\\d{2})((?<d>\\d{2})(?<rest>" + COMPACT_TIME + "))?");
  private static final Pattern US =
      Pattern.compile("(?<m>\\d{2})/((?<d>\\d{2})/)?(?<y>\\d{4})(?<rest>)");

  private final DateStyle style;
  private final DatePrecision precision;
  private final int year;
  private final int month;
  private final int day;
  private final String rest;

  private DateText(
      DateStyle style, DatePrecision precision, int year, int month, int day, String rest) {
    this.style = style;
    this.precision = precision;
    this.year = year;
    this.month = month;
    this.day = day;
    this.rest = rest;
  }

  /** The date that {@code text} writes; nothing when it writes none. */
  public static Optional<DateText> parse(String text) {
    return text.length() > LONGEST
        ? Optional.empty()
        : read(DateStyle.ISO, ISO.matcher(text))
            .or(() -> read(DateStyle.COMPACT, COMPACT.matcher(text)))
            .or(() -> read(DateStyle.US, US.matcher(text)));
  }

  private static Optional<DateText> read(DateStyle style, Matcher matcher) {
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int year = Integer.parseInt(matcher.group("y"));
    int month = number(matcher.group("m"));
    int day = number(matcher.group("d"));
    DatePrecision precision = precision(month, day);
    String rest = matcher.group("rest");
    return inCalendar(year, month, day)
        ? Optional.of(new DateText(style, precision, year, month, day, rest == null ? "" : rest))
        : Optional.empty();
  }

  /** What is not written is -1, so that month 00 is not taken for a missing one. */
  private static int number(@Nullable String digits) {
    return digits == null ? -1 : Integer.parseInt(digits);
  }

  private static DatePrecision precision(int month, int day) {
    if (month < 0) {
      return DatePrecision.YEAR;
    }
    return day < 0 ? DatePrecision.MONTH : DatePrecision.DAY;
  }

  private static boolean inCalendar(int year, int month, int day) {
    try {
      LocalDate.of(year, month < 0 ? 1 : month, day < 0 ? 1 : day);
      return year >= 1;
    } catch (DateTimeException e) {
      return false;
    }
  }

  public DatePrecision precision() {
    return precision;
  }

  public int year() {
    return year;
  }

  /** 1 to 12; -1 when only a year is written. */
  int month() {
    return month;
  }

  /**
   * The same text so many days later or earlier; time of day and zone stay as they are written. Nothing when that is outside
   * the years 0001 to 9999.
   *
   * @throws IllegalStateException when no day is written
   */
  public Optional<DateText> plusDays(int days) {
    if (precision != DatePrecision.DAY) {
      throw new IllegalStateException("a date without a day cannot be moved by days");
    }
    LocalDate moved = LocalDate.of(year, month, day).plusDays(days);
    return moved.getYear() < 1 || moved.getYear() > LAST_YEAR
        ? Optional.empty()
        : Optional.of(new DateText(
            style, precision, moved.getYear(), moved.getMonthValue(), moved.getDayOfMonth(), rest));
  }

  /** The date without what is finer than {@code coarser}, and without a time of day. */
  public String truncated(DatePrecision coarser) {
    DatePrecision kept = coarser.compareTo(precision) < 0 ? coarser : precision;
    return style.write(kept, year, month, day);
  }

  /** The text. */
  public String text() {
    return style.write(precision, year, month, day) + rest;
  }

  /** Dates are PHI: not shown. */
  @Override
  public String toString() {
    return "DateText[" + precision + "]";
  }
}
