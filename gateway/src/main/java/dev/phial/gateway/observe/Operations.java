package dev.phial.gateway.observe;

import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.Outcomes;
import dev.phial.gateway.identity.Call;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The meters of engine operations. Labels are element names of the policy and fixed words. Thread-safe. */
final class Operations {
  private final MeterRegistry registry;

  Operations(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Times {@code work} until its stage completes. */
  <T> CompletionStage<T> timed(String operation, Call call, Supplier<CompletionStage<T>> work) {
    Timer.Sample sample = Timer.start(registry);
    return work.get().whenComplete((result, failure) -> stop(sample, operation, call, failure));
  }

  private void stop(Timer.Sample sample, String operation, Call call, @Nullable Throwable failure) {
    sample.stop(Timer.builder("phial.operation")
        .description("Engine operations, audit included")
        .tags(
            "operation",
            operation,
            "channel",
            call.channel(),
            "outcome",
            failure == null ? "ok" : Outcomes.word(EngineException.of(failure).code()))
        .publishPercentileHistogram()
        .register(registry));
  }

  /** Counts one value. */
  void count(String operation, String element, Outcome outcome) {
    count(operation, Outcomes.knownElement(element, outcome), Outcomes.word(outcome));
  }

  void count(String operation, String knownElement, String word) {
    registry
        .counter("phial.values", "operation", operation, "element", knownElement, "outcome", word)
        .increment();
  }

  /** Counts bytes of documents that left. */
  void bytes(String operation, int bytes) {
    registry.counter("phial.document.bytes", "operation", operation).increment(bytes);
  }
}
