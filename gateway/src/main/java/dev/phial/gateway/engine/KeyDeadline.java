package dev.phial.gateway.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long keys may take to come. Thread-safe. */
final class KeyDeadline {
  private final Duration deadline;

  KeyDeadline(Duration deadline) {
    this.deadline = deadline;
  }

  /** {@code operation}, or a failure that says that keys were not had in time. */
  <T> CompletionStage<T> bounded(CompletionStage<T> operation) {
    CompletableFuture<T> future = operation.toCompletableFuture();
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
