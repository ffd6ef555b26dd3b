package dev.phial.gateway.engine;

import dev.phial.gateway.audit.AuditEvent.ElementCount;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Records what became of each field of a record, before anything of it leaves (decision 7). */
public final class AuditedRecords implements RecordEngine {
  private final RecordEngine engine;
  private final AuditTrail trail;

  public AuditedRecords(RecordEngine engine, AuditLog audit) {
    this.engine = engine;
    this.trail = new AuditTrail(audit);
  }

  @Override
  public CompletionStage<RecordOutcome> protectRecord(Call call, PlainRecord record) {
    return trail.recorded(
        "protect", call, engine.protectRecord(call, record), outcome -> counts(record, outcome));
  }

  private static List<ElementCount> counts(PlainRecord record, RecordOutcome outcome) {
    if (outcome instanceof RecordOutcome.Denied denied) {
      return Outcomes.count(List.of(denied.refusal()), i -> denied.element());
    }
    int version = ((RecordOutcome.Sealed) outcome).keyVersion();
    return record.fields().keySet().stream()
        .sorted()
        .map(element -> new ElementCount(element, "protected", version, 1))
        .toList();
  }

  @Override
  public CompletionStage<List<FieldOutcome>> revealRecord(Call call, StoredRecord record) {
    return trail.recorded(
        "reveal",
        call,
        engine.revealRecord(call, record),
        fields -> Outcomes.count(
            fields.stream().map(FieldOutcome::outcome).toList(),
            i -> fields.get(i).element()));
  }
}
