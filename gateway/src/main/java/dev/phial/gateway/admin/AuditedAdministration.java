package dev.phial.gateway.admin;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.Outcomes;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.policy.Access;
import dev.phial.gateway.policy.Policy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts authorization before what security teams do, and an audit record before its answer. Thread-safe. */
public final class AuditedAdministration {
  private final Supplier<Policy> policy;
  private final AuditLog audit;

  public AuditedAdministration(Supplier<Policy> policy, AuditLog audit) {
    this.policy = policy;
    this.audit = audit;
  }

  /** The policy in force. */
  Policy policy() {
    return policy.get();
  }

  /**
   * Does {@code operation} if a role of the caller administers keys.
   *
   * @param action how the audit log calls it
   * @param details what the audit log says of a result
   */
  <T> CompletionStage<T> run(
      Call call,
      Supplier<CompletionStage<T>> operation,
      String action,
      Function<T, Map<String, String>> details) {
    return run(call, operation, action, Map.of(), details);
  }

  /**
   * Does {@code operation} if a role of the caller administers keys.
   *
   * @param action how the audit log calls it
   * @param known what the audit log says of it, also when it is refused
   * @param details what the audit log says of a result, beside
   */
  public <T> CompletionStage<T> run(
      Call call,
      Supplier<CompletionStage<T>> operation,
      String action,
      Map<String, String> known,
      Function<T, Map<String, String>> details) {
    CompletionStage<T> done = new Access(policy.get()).mayAdminister(call)
        ? started(operation)
        : CompletableFuture.failedFuture(new EngineException(
            RefusalCode.PERMISSION_DENIED,
            "no role of this caller administers keys (policy: access.<role>.administer)"));
    return done.handle((result, failure) -> record(call, action, known, result, failure, details))
        .thenCompose(stage -> stage);
  }

  /** A refusal that is thrown is recorded as one that comes later is. */
  private static <T> CompletionStage<T> started(Supplier<CompletionStage<T>> operation) {
    try {
      return operation.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <T> CompletionStage<T> record(
      Call call,
      String action,
      Map<String, String> known,
      @Nullable T result,
      @Nullable Throwable failure,
      Function<T, Map<String, String>> details) {
    if (result != null) {
      Map<String, String> said = new HashMap<>(known);
      said.putAll(details.apply(result));
      return append(event(call, action, "ok", said)).thenApply(recorded -> result);
    }
    EngineException why = EngineException.of(
        failure == null ? new IllegalStateException("the operation gave no result") : failure);
    return append(event(call, action, Outcomes.word(why.code()), known))
        .thenCompose(recorded -> CompletableFuture.failedFuture(why));
  }

  private CompletionStage<Void> append(AuditEvent event) {
    return audit
        .append(event)
        .exceptionallyCompose(failure -> CompletableFuture.failedFuture(new EngineException(
            RefusalCode.AUDIT_UNAVAILABLE,
            "the audit log cannot be written; the operation may have happened, its result is withheld",
            failure)));
  }

  private static AuditEvent event(
      Call call, String action, String outcome, Map<String, String> details) {
    return new AuditEvent(
        action,
        call.caller().subject(),
        call.caller().tenant(),
        call.purpose(),
        call.channel(),
        call.requestId(),
        outcome,
        List.of(),
        details);
  }
}
