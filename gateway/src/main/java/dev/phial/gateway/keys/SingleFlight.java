package dev.phial.gateway.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something got at most once at a time: callers share an attempt under way and its result for ever, but not its failure.
 * Thread-safe.
 */
final class SingleFlight<T> {
  private final Supplier<CompletionStage<T>> attempt;
  private volatile @Nullable CompletableFuture<T> flight;

  SingleFlight(Supplier<CompletionStage<T>> attempt) {
    this.attempt = attempt;
  }

  /** The caller's own view: cancelling it does not cancel the others'. */
  CompletionStage<T> get() {
    CompletableFuture<T> current = flight;
    if (current == null || current.isCompletedExceptionally()) {
      current = start();
    }
    return current.minimalCompletionStage();
  }

  private synchronized CompletableFuture<T> start() {
    CompletableFuture<T> current = flight;
    if (current == null || current.isCompletedExceptionally()) {
      current = attempt.get().toCompletableFuture();
      flight = current;
    }
    return current;
  }
}
