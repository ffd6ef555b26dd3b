package dev.phial.gateway.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes such as {@code 16MiB} and durations such as {@code 30s}. */
final class Units {
  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|B|KiB|MiB|GiB)");
  private static final Map<String, Long> BYTES =
      Map.of("B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
  private static final Map<String, Long> MILLIS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Units() {}

  /**
   * A size in bytes.
   *
   * @throws IllegalArgumentException when it is none, or not from {@code least} to {@code most} bytes
   */
  static int size(String text, long least, long most) {
    return Math.toIntExact(longSize(text, least, most));
  }

  /** As {@link #size}, beyond 2 GiB too. */
  static long longSize(String text, long least, long most) {
    String problem = "must be a size from " + least + "B to " + most + "B, such as 512KiB or 16MiB";
    return amount(text, BYTES, least, most, problem);
  }

  /**
   * A duration.
   *
   * @throws IllegalArgumentException when it is none, or not from 1 ms to {@code most}
   */
  static Duration duration(String text, Duration most) {
    String problem =
        "must be a duration from 1ms to " + most.toSeconds() + "s, such as 500ms, 30s or 2m";
    return Duration.ofMillis(amount(text, MILLIS, 1, most.toMillis(), problem));
  }

  private static long amount(
      String text, Map<String, Long> units, long least, long most, String problem) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(problem);
    }
    Long unit = units.get(matcher.group(2));
    if (unit == null) {
      throw new IllegalArgumentException(problem);
    }
    long amount = Long.parseLong(matcher.group(1)) * unit;
    if (amount < least || amount > most) {
      throw new IllegalArgumentException(problem);
    }
    return amount;
  }
}
