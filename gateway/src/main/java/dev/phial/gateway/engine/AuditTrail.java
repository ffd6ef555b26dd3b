package dev.phial.gateway.engine;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets an operation's result, or its failure, out when its record is durable (decision 7), and not at all when it cannot be
 * made so. Thread-safe.
 */
final class AuditTrail {
  private final AuditLog audit;

  AuditTrail(AuditLog audit) {
    this.audit = audit;
  }

  /** {@code operation}, recorded: what {@code counts} says of its result, or the word for its failure. */
  <T> CompletionStage<T> recorded(
      String action,
      Call call,
      CompletionStage<T> operation,
      Function<T, List<AuditEvent.ElementCount>> counts) {
    return operation
        .handle((result, failure) -> failure == null
            ? append(event(action, call, "ok", counts.apply(result), Map.of()), result, null)
            : this.<T>append(
                event(action, call, word(failure), List.of(), Map.of()),
                null,
                EngineException.of(failure)))
        .thenCompose(stage -> stage);
  }

  /** Records something that has no result to hold back. */
  CompletionStage<Void> record(AuditEvent event) {
    return append(event, null, null);
  }

  private <T> CompletionStage<T> append(
      AuditEvent event, @Nullable T result, @Nullable EngineException failure) {
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
      return result;
    });
  }

  static String word(Throwable failure) {
    return Outcomes.word(EngineException.of(failure).code());
  }

  static AuditEvent event(
      String action,
      Call call,
      String outcome,
      List<AuditEvent.ElementCount> counts,
      Map<String, String> details) {
    return new AuditEvent(
        action,
        call.caller().subject(),
        call.caller().tenant(),
        call.purpose(),
        call.channel(),
        call.requestId(),
        outcome,
        counts,
        details);
  }
}
