package dev.phial.gateway.engine;

import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Seals several elements as one record, and gives each of them back as far as the caller may see it. A record opens as a
 * whole or not at all; what is shown of it is decided field by field.
 *
 * <p>The promises of {@link ProtectionEngine} hold: when a stage completes normally the audit record is durable; it fails as
 * a whole with an {@link EngineException}. Thread-safe; never blocks.
 */
public interface RecordEngine {

  /** Seals all fields, or refuses the record for the first field that the caller may not protect or that is not encrypted. */
  CompletionStage<RecordOutcome> protectRecord(Call call, PlainRecord record);

  /**
   * One outcome for each field asked for, in that order, or for each that the record has. The stage fails with {@link
   * RefusalCode#NOT_AUTHENTIC} or {@link RefusalCode#KEY_RETIRED} when the record does not open.
   */
  CompletionStage<List<FieldOutcome>> revealRecord(Call call, StoredRecord record);
}
