package dev.phial.gateway.engine;

import dev.phial.gateway.identity.Call;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Bounds how long an operation may take: a KMS or a store that never answers must not hold requests open. What comes after the
 * deadline is dropped.
 */
public final class DeadlineEngine implements ProtectionEngine {
  private final ProtectionEngine engine;
  private final Duration deadline;

  public DeadlineEngine(ProtectionEngine engine, Duration deadline) {
    this.engine = engine;
    this.deadline = deadline;
  }

  @Override
  public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
    return bounded(engine.protect(call, items));
  }

  @Override
  public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
    return bounded(engine.reveal(call, items));
  }

  private CompletionStage<List<Outcome>> bounded(CompletionStage<List<Outcome>> operation) {
    CompletableFuture<List<Outcome>> future = operation.toCompletableFuture();
    return future.isDone() // the usual case: keys are resolved, no timer is needed
        ? future
        : future
            .copy()
            .orTimeout(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionallyCompose(failure -> CompletableFuture.failedFuture(translated(failure)));
  }

  private Throwable translated(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    return cause instanceof TimeoutException
        ? new EngineException(
            RefusalCode.KEYS_UNAVAILABLE,
            "keys were not had within " + deadline.toSeconds() + " s; see the KMS and the store")
        : failure;
  }
}
