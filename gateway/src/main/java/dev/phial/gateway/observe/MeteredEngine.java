package dev.phial.gateway.observe;

import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.Outcomes;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.gateway.identity.Call;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Counts values by element and outcome, and times operations. Labels are element names of the policy and fixed words: an
 * element that the policy does not know is counted as {@code unknown}, so that no caller can make labels.
 */
public final class MeteredEngine implements ProtectionEngine {
  private final ProtectionEngine engine;
  private final MeterRegistry registry;

  public MeteredEngine(ProtectionEngine engine, MeterRegistry registry) {
    this.engine = engine;
    this.registry = registry;
  }

  @Override
  public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
    Timer.Sample sample = Timer.start(registry);
    return engine
        .protect(call, items)
        .whenComplete((outcomes, failure) ->
            record("protect", call, sample, outcomes, failure, i -> items.get(i).element()));
  }

  @Override
  public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
    Timer.Sample sample = Timer.start(registry);
    return engine
        .reveal(call, items)
        .whenComplete((outcomes, failure) ->
            record("reveal", call, sample, outcomes, failure, i -> items.get(i).element()));
  }

  private void record(
      String operation,
      Call call,
      Timer.Sample sample,
      @Nullable List<Outcome> outcomes,
      @Nullable Throwable failure,
      IntFunction<String> element) {
    sample.stop(Timer.builder("phial.operation")
        .description("Engine operations, audit included")
        .tags(
            "operation",
            operation,
            "channel",
            call.channel(),
            "outcome",
            failure == null ? "ok" : code(failure))
        .publishPercentileHistogram()
        .register(registry));
    if (outcomes != null) {
      for (int i = 0; i < outcomes.size(); i++) {
        count(operation, element.apply(i), outcomes.get(i));
      }
    }
  }

  private void count(String operation, String element, Outcome outcome) {
    registry
        .counter(
            "phial.values",
            "operation",
            operation,
            "element",
            Outcomes.knownElement(element, outcome),
            "outcome",
            Outcomes.word(outcome))
        .increment();
  }

  private static String code(Throwable failure) {
    return Outcomes.word(EngineException.of(failure).code());
  }
}
