package dev.phial.benchmarks;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param what is measured, in words
 * @param benchmark the benchmark's name, with its size after a slash if it has one
 * @param yardstick the benchmark to compare with, or empty
 * @param goal what product.md asks for, or empty
 */
record Figure(String what, String benchmark, String yardstick, String goal) {

  static final String HEADING = String.format(
      Locale.ROOT, "%-52s %10s %12s %16s  %s", "", "ns/op", "M op/s/core", "beside module", "goal");

  String line(Results results) {
    double nanos = results.nanos(benchmark);
    return String.format(
        Locale.ROOT,
        "%-52s %10.0f %12.2f %16s  %s",
        what,
        nanos,
        1_000 / nanos,
        ratio(results, nanos),
        goal);
  }

  private String ratio(Results results, double nanos) {
    if (yardstick.isEmpty()) {
      return "";
    }
    double theirs = results.nanos(yardstick);
    return theirs > 2 * nanos
        ? String.format(Locale.ROOT, "%.1f x faster", theirs / nanos)
        : String.format(Locale.ROOT, "%.2f x its time", nanos / theirs);
  }
}
