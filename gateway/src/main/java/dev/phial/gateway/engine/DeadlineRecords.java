package dev.phial.gateway.engine;

import dev.phial.gateway.identity.Call;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Bounds how long an operation on a record may take; see {@link DeadlineEngine}. */
public final class DeadlineRecords implements RecordEngine {
  private final RecordEngine engine;
  private final KeyDeadline deadline;

  public DeadlineRecords(RecordEngine engine, Duration deadline) {
    this.engine = engine;
    this.deadline = new KeyDeadline(deadline);
  }

  @Override
  public CompletionStage<RecordOutcome> protectRecord(Call call, PlainRecord record) {
    return deadline.bounded(engine.protectRecord(call, record));
  }

  @Override
  public CompletionStage<List<FieldOutcome>> revealRecord(Call call, StoredRecord record) {
    return deadline.bounded(engine.revealRecord(call, record));
  }
}
