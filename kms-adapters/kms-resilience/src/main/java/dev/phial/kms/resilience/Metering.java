package dev.phial.kms.resilience;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Tells the observer of every attempt. */
record Metering(String kms, KmsObserver observer, LongSupplier nanos) implements Guard {

  @Override
  public <T> CompletionStage<T> guard(Operation operation, Supplier<CompletionStage<T>> start) {
    long begun = nanos.getAsLong();
    return start
        .get()
        .whenComplete((result, failure) -> observer.attempted(
            kms, operation, Outcome.of(failure), Duration.ofNanos(nanos.getAsLong() - begun)));
  }
}
