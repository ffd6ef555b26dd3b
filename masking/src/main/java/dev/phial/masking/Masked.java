package dev.phial.masking;

import java.util.Map;
import java.util.Objects;

/** What became of a {@link LogEvent}. */
public sealed interface Masked permits Masked.Event, Masked.Dropped {

  /** How many values of each kind were found; kinds that were not found are absent. */
  Map<Identifier, Integer> found();

  /**
   * The event as it may pass on.
   *
   * @param content valid in the format that the event came in; the very array of the event when nothing was found in it
   * @param found see {@link Masked#found}
   */
  @SuppressWarnings("ArrayRecordComponent") // as LogEvent
  record Event(byte[] content, Map<Identifier, Integer> found) implements Masked {
    public Event {
      Objects.requireNonNull(content, "content");
      found = Map.copyOf(found);
    }

    /** Says how long the event is; never what it says. */
    @Override
    public String toString() {
      return "Masked.Event[" + content.length + " bytes, " + found + "]";
    }
  }

  /**
   * The policy lets no event with such a value pass.
   *
   * @param found see {@link Masked#found}
   */
  record Dropped(Map<Identifier, Integer> found) implements Masked {
    public Dropped {
      found = Map.copyOf(found);
    }
  }
}
