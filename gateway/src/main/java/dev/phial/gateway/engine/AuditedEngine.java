package dev.phial.gateway.engine;

import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Records each operation before its result leaves (decision 7). When the record cannot be made durable the result is dropped
 * and the operation fails with {@code AUDIT_UNAVAILABLE}.
 */
public final class AuditedEngine implements ProtectionEngine {
  private final ProtectionEngine engine;
  private final AuditTrail trail;

  public AuditedEngine(ProtectionEngine engine, AuditLog audit) {
    this.engine = engine;
    this.trail = new AuditTrail(audit);
  }

  @Override
  public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
    return trail.recorded(
        "protect",
        call,
        engine.protect(call, items),
        outcomes -> Outcomes.count(outcomes, i -> items.get(i).element()));
  }

  @Override
  public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
    return trail.recorded(
        "reveal",
        call,
        engine.reveal(call, items),
        outcomes -> Outcomes.count(outcomes, i -> items.get(i).element()));
  }

  @Override
  public CompletionStage<List<Outcome>> renew(Call call, List<RevealItem> items) {
    return trail.recorded(
        "renew",
        call,
        engine.renew(call, items),
        outcomes -> Outcomes.count(outcomes, i -> items.get(i).element()));
  }

  @Override
  public CompletionStage<List<Outcome>> index(Call call, List<ProtectItem> items) {
    return trail.recorded(
        "index",
        call,
        engine.index(call, items),
        outcomes -> Outcomes.count(outcomes, i -> items.get(i).element()));
  }
}
