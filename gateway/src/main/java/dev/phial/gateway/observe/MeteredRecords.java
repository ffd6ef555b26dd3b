package dev.phial.gateway.observe;

import dev.phial.gateway.engine.FieldOutcome;
import dev.phial.gateway.engine.PlainRecord;
import dev.phial.gateway.engine.RecordEngine;
import dev.phial.gateway.engine.RecordOutcome;
import dev.phial.gateway.engine.StoredRecord;
import dev.phial.gateway.identity.Call;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Times operations on records and counts their fields, as {@link MeteredEngine} does values. */
public final class MeteredRecords implements RecordEngine {
  private final RecordEngine engine;
  private final Operations operations;

  public MeteredRecords(RecordEngine engine, MeterRegistry registry) {
    this.engine = engine;
    this.operations = new Operations(registry);
  }

  @Override
  public CompletionStage<RecordOutcome> protectRecord(Call call, PlainRecord record) {
    return operations
        .timed("protect_record", call, () -> engine.protectRecord(call, record))
        .whenComplete((outcome, failure) -> countProtected(record, outcome));
  }

  private void countProtected(PlainRecord record, @Nullable RecordOutcome outcome) {
    if (outcome instanceof RecordOutcome.Denied denied) {
      operations.count("protect", denied.element(), denied.refusal());
    } else if (outcome != null) {
      record
          .fields()
          .keySet()
          .forEach(element -> operations.count("protect", element, "protected"));
    }
  }

  @Override
  public CompletionStage<List<FieldOutcome>> revealRecord(Call call, StoredRecord record) {
    return operations
        .timed("reveal_record", call, () -> engine.revealRecord(call, record))
        .whenComplete((fields, failure) -> countRevealed(fields));
  }

  private void countRevealed(@Nullable List<FieldOutcome> fields) {
    if (fields != null) {
      fields.forEach(field -> operations.count("reveal", field.element(), field.outcome()));
    }
  }
}
