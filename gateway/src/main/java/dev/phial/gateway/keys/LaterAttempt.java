package dev.phial.gateway.keys;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something got anew for whoever asks: each caller's attempt begins after it has asked. However many ask, one attempt runs at a
 * time, and each begins a pause after the one before has begun. Thread-safe.
 */
final class LaterAttempt<T> {
  private final Supplier<CompletionStage<T>> attempt;
  private final Duration pause;
  private final LongSupplier nanoTime;
  private CompletableFuture<T> running;
  private @Nullable CompletableFuture<T> next;
  private long begun;

  LaterAttempt(Supplier<CompletionStage<T>> attempt, Duration pause, LongSupplier nanoTime) {
    this.attempt = attempt;
    this.pause = pause;
    this.nanoTime = nanoTime;
    this.running = CompletableFuture.failedFuture(new IllegalStateException("none yet"));
    this.begun = nanoTime.getAsLong() - pause.toNanos();
  }

  synchronized CompletionStage<T> get() {
    CompletableFuture<T> waiting = next;
    if (waiting == null) {
      waiting = new CompletableFuture<>();
      next = waiting;
      long left = begun + pause.toNanos() - nanoTime.getAsLong();
      CompletableFuture<T> before = running;
      CompletableFuture.delayedExecutor(Math.max(0, left), TimeUnit.NANOSECONDS)
          .execute(() -> beginAfter(before));
    }
    return waiting.minimalCompletionStage();
  }

  private void beginAfter(CompletableFuture<T> before) {
    var unused = before.whenComplete((done, failure) -> begin());
  }

  private void begin() {
    CompletableFuture<T> mine = next();
    CompletionStage<T> got;
    try {
      got = attempt.get();
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
      return;
    }
    var unused = got.whenComplete((result, failure) -> {
      if (failure == null) {
        mine.complete(result);
      } else {
        mine.completeExceptionally(failure);
      }
    });
  }

  /** Who asks from now on waits for another one. */
  private synchronized CompletableFuture<T> next() {
    CompletableFuture<T> mine = next;
    if (mine == null) {
      throw new IllegalStateException("an attempt begins once");
    }
    running = mine;
    next = null;
    begun = nanoTime.getAsLong();
    return mine;
  }
}
