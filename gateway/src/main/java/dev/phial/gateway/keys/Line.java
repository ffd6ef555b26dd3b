package dev.phial.gateway.keys;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Asynchronous steps one after the other, each begun when the one before has ended in any way. Thread-safe. */
final class Line {
  private CompletionStage<?> last = CompletableFuture.completedStage(null);

  synchronized <T extends @Nullable Object> CompletionStage<T> add(
      Supplier<CompletionStage<T>> step) {
    CompletionStage<T> added =
        last.handle((result, failure) -> step.get()).thenCompose(stage -> stage);
    last = added;
    return added;
  }
}
