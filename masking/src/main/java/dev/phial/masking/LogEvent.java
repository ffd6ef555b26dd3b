package dev.phial.masking;

import java.util.Objects;

/**
 * One event: a log line without its line end, an event of several lines, or one named field of a structured event.
 *
 * @param key dotted path of the field, such as {@code attributes.patient_name}; empty for a whole event
 * @param content the bytes, UTF-8 where they are text; not copied and not changed, so the caller must not change them until
 *     the event is masked
 */
@SuppressWarnings("ArrayRecordComponent") // copying every line would cost more than scanning it
public record LogEvent(String key, byte[] content) {

  public LogEvent {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(content, "content");
  }

  /** A whole event. */
  public static LogEvent of(byte[] content) {
    return new LogEvent("", content);
  }

  /** Says how long the event is; never what it says. */
  @Override
  public String toString() {
    return "LogEvent[" + content.length + " bytes]";
  }
}
