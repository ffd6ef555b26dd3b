package dev.phial.gateway.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something got at most once at a time: callers share the attempt under way, and nothing afterwards. Thread-safe. */
final class SharedAttempt<T> {
  private final Supplier<CompletionStage<T>> attempt;
  private @Nullable CompletableFuture<T> underWay;

  SharedAttempt(Supplier<CompletionStage<T>> attempt) {
    this.attempt = attempt;
  }

  /** The caller's own view: cancelling it does not cancel the others'. */
  synchronized CompletionStage<T> get() {
    CompletableFuture<T> current = underWay;
    if (current == null || current.isDone()) {
      current = attempt.get().toCompletableFuture();
      underWay = current;
    }
    return current.minimalCompletionStage();
  }
}
