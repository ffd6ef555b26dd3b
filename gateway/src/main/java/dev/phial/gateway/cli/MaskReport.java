package dev.phial.gateway.cli;

import dev.phial.masking.Identifier;
import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What {@code phial mask} found, in numbers. */
final class MaskReport {
  private final Map<Identifier, Long> values = new EnumMap<>(Identifier.class);
  private final Map<Identifier, Long> events = new EnumMap<>(Identifier.class);
  private long all;
  private long with;
  private long dropped;

  void add(Map<Identifier, Integer> found, boolean drop) {
    all++;
    with += found.isEmpty() ? 0 : 1;
    dropped += drop ? 1 : 0;
    found.forEach((identifier, count) -> {
      values.merge(identifier, (long) count, Long::sum);
      events.merge(identifier, 1L, Long::sum);
    });
  }

  boolean any() {
    return with > 0;
  }

  void print(PrintWriter out) {
    out.printf(Locale.ROOT, "%-12s %12s %12s%n", "identifier", "values", "events");
    for (Map.Entry<Identifier, Long> entry : values.entrySet()) {
      out.printf(
          Locale.ROOT,
          "%-12s %12d %12d%n",
          entry.getKey(),
          entry.getValue(),
          events.get(entry.getKey()));
    }
    out.printf(
        Locale.ROOT, "%d of %d events held something; %d were dropped%n", with, all, dropped);
    out.flush();
  }
}
