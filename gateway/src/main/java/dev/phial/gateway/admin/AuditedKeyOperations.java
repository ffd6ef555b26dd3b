package dev.phial.gateway.admin;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.Outcomes;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.KeyAdministration;
import dev.phial.gateway.keys.KeysetView;
import dev.phial.gateway.policy.Access;
import dev.phial.gateway.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Key operations with authorization before them and an audit record before their answer. */
public final class AuditedKeyOperations implements KeyOperations {
  private final KeyAdministration keys;
  private final Supplier<Policy> policy;
  private final AuditLog audit;

  public AuditedKeyOperations(KeyAdministration keys, Supplier<Policy> policy, AuditLog audit) {
    this.keys = keys;
    this.policy = policy;
    this.audit = audit;
  }

  @Override
  public CompletionStage<List<KeysetView>> list(Call call, Optional<String> tenant) {
    return authorized(call, () -> keys.list(tenant), "list_keysets", done -> Map.of());
  }

  @Override
  public CompletionStage<KeysetView> rotate(Call call, String tenant, KeyPurpose purpose) {
    return authorized(
        call,
        () -> keys.rotate(tenant, purpose),
        "rotate",
        rotated -> details(rotated, rotated.primary()));
  }

  @Override
  public CompletionStage<KeysetView> disable(
      Call call, String tenant, KeyPurpose purpose, int version) {
    return authorized(
        call,
        () -> keys.disable(tenant, purpose, version),
        "disable",
        changed -> details(changed, version));
  }

  @Override
  public CompletionStage<KeysetView> enable(
      Call call, String tenant, KeyPurpose purpose, int version) {
    return authorized(
        call,
        () -> keys.enable(tenant, purpose, version),
        "enable",
        changed -> details(changed, version));
  }

  @Override
  public CompletionStage<KeysetView> rewrap(Call call, String tenant, KeyPurpose purpose) {
    return authorized(
        call,
        () -> keys.rewrap(tenant, purpose),
        "rewrap",
        rewrapped -> details(rewrapped, rewrapped.primary()));
  }

  private static Map<String, String> details(KeysetView keyset, int version) {
    return Map.of(
        "keyset", keyset.keysetId(),
        "key_tenant", keyset.tenant(),
        "key_purpose", keyset.purpose().name(),
        "key_version", String.valueOf(version));
  }

  private <T> CompletionStage<T> authorized(
      Call call,
      Supplier<CompletionStage<T>> operation,
      String action,
      Function<T, Map<String, String>> details) {
    CompletionStage<T> done = new Access(policy.get()).mayAdminister(call)
        ? operation.get()
        : CompletableFuture.failedFuture(new EngineException(
            RefusalCode.PERMISSION_DENIED,
            "no role of this caller administers keys (policy: access.<role>.administer)"));
    return done.handle((result, failure) -> record(call, action, result, failure, details))
        .thenCompose(stage -> stage);
  }

  private <T> CompletionStage<T> record(
      Call call,
      String action,
      @Nullable T result,
      @Nullable Throwable failure,
      Function<T, Map<String, String>> details) {
    if (result != null) {
      return append(event(call, action, "ok", details.apply(result))).thenApply(recorded -> result);
    }
    EngineException why = EngineException.of(
        failure == null ? new IllegalStateException("the operation gave no result") : failure);
    return append(event(call, action, Outcomes.word(why.code()), Map.of()))
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
