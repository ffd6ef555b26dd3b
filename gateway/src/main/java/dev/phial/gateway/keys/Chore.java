package dev.phial.gateway.keys;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work beside the calls: one at a time, and after a failure not again for a while. Thread-safe. */
final class Chore {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final Supplier<? extends CompletionStage<?>> work;
  private final Ages ages;
  private final AtomicBoolean running = new AtomicBoolean();
  private volatile Ages.@Nullable Moment failed;

  Chore(Supplier<? extends CompletionStage<?>> work, Ages ages) {
    this.work = work;
    this.ages = ages;
  }

  /** Begins it, unless it runs or has failed just now. */
  void begin() {
    Ages.Moment last = failed;
    boolean rested = last == null || ages.since(last).compareTo(PAUSE) >= 0;
    if (rested && running.compareAndSet(false, true)) {
      var unused = work.get().whenComplete((done, failure) -> {
        failed = failure == null ? null : ages.now();
        running.set(false);
      });
    }
  }
}
