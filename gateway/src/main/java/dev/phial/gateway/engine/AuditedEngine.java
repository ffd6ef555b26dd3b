package dev.phial.gateway.engine;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Records each operation before its result leaves (decision 7). When the record cannot be made durable the result is dropped
 * and the operation fails with {@code AUDIT_UNAVAILABLE}.
 */
public final class AuditedEngine implements ProtectionEngine {
  private final ProtectionEngine engine;
  private final AuditLog audit;

  public AuditedEngine(ProtectionEngine engine, AuditLog audit) {
    this.engine = engine;
    this.audit = audit;
  }

  @Override
  public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
    return recorded(
        "protect", call, engine.protect(call, items), i -> items.get(i).element());
  }

  @Override
  public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
    return recorded(
        "reveal", call, engine.reveal(call, items), i -> items.get(i).element());
  }

  private CompletionStage<List<Outcome>> recorded(
      String action,
      Call call,
      CompletionStage<List<Outcome>> operation,
      IntFunction<String> element) {
    return operation
        .handle((outcomes, failure) -> outcomes != null
            ? append(event(action, call, "ok", Outcomes.count(outcomes, element)), outcomes, null)
            : fail(action, call, EngineException.of(failure)))
        .thenCompose(stage -> stage);
  }

  private CompletionStage<List<Outcome>> fail(String action, Call call, EngineException failure) {
    return append(
        event(action, call, Outcomes.word(failure.code()), List.of()), List.of(), failure);
  }

  private CompletionStage<List<Outcome>> append(
      AuditEvent event, List<Outcome> outcomes, @Nullable EngineException failure) {
    return audit.append(event).handle((done, auditFailure) -> {
      if (auditFailure != null) {
        throw new EngineException(
            RefusalCode.AUDIT_UNAVAILABLE,
            "the audit log cannot be written, so nothing is answered; see the setting audit.file",
            auditFailure);
      }
      if (failure != null) {
        throw failure;
      }
      return outcomes;
    });
  }

  private static AuditEvent event(
      String action, Call call, String outcome, List<AuditEvent.ElementCount> counts) {
    return new AuditEvent(
        action,
        call.caller().subject(),
        call.caller().tenant(),
        call.purpose(),
        call.channel(),
        call.requestId(),
        outcome,
        counts,
        Map.of());
  }
}
