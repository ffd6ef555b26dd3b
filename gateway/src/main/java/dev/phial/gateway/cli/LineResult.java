package dev.phial.gateway.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of one line.
 *
 * @param text what to print; null when the line was refused
 * @param details what {@code --json} says besides
 * @param refusal reason and message; null when it was not refused
 */
record LineResult(
    @Nullable String text,
    Map<String, Object> details,
    @Nullable String refusal) {

  static LineResult of(String text, Map<String, Object> details) {
    return new LineResult(text, details, null);
  }

  static LineResult refused(String reason, String message) {
    return new LineResult(null, Map.of("reason", reason), message);
  }

  @Override
  public String toString() {
    return "LineResult[refused=" + (refusal != null) + "]";
  }
}
