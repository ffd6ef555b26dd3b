package dev.phial.gateway.engine;

import java.util.Map;

/** What became of a record to seal. */
public sealed interface RecordOutcome {

  /**
   * The sealed record.
   *
   * @param text its text, safe to store
   * @param keyVersion the version of the key that made it
   * @param indexes keyed digests for equality search, by element, of the elements that have them
   */
  record Sealed(String text, int keyVersion, Map<String, String> indexes) implements RecordOutcome {
    public Sealed {
      indexes = Map.copyOf(indexes);
    }
  }

  /**
   * Nothing was sealed.
   *
   * @param element the field that stood in the way
   * @param refusal why
   */
  record Denied(String element, Outcome.Refused refusal) implements RecordOutcome {}
}
