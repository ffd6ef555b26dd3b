package dev.phial.gateway.observe;

import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.ProtectItem;
import dev.phial.gateway.engine.ProtectionEngine;
import dev.phial.gateway.engine.RevealItem;
import dev.phial.gateway.identity.Call;
import io.micrometer.core.instrument.MeterRegistry;
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
  private final Operations operations;

  public MeteredEngine(ProtectionEngine engine, MeterRegistry registry) {
    this.engine = engine;
    this.operations = new Operations(registry);
  }

  @Override
  public CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items) {
    return operations
        .timed("protect", call, () -> engine.protect(call, items))
        .whenComplete(
            (outcomes, failure) -> count("protect", outcomes, i -> items.get(i).element()));
  }

  @Override
  public CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items) {
    return operations
        .timed("reveal", call, () -> engine.reveal(call, items))
        .whenComplete(
            (outcomes, failure) -> count("reveal", outcomes, i -> items.get(i).element()));
  }

  @Override
  public CompletionStage<List<Outcome>> renew(Call call, List<RevealItem> items) {
    return operations
        .timed("renew", call, () -> engine.renew(call, items))
        .whenComplete(
            (outcomes, failure) -> count("renew", outcomes, i -> items.get(i).element()));
  }

  @Override
  public CompletionStage<List<Outcome>> index(Call call, List<ProtectItem> items) {
    return operations
        .timed("index", call, () -> engine.index(call, items))
        .whenComplete(
            (outcomes, failure) -> count("index", outcomes, i -> items.get(i).element()));
  }

  private void count(
      String operation, @Nullable List<Outcome> outcomes, IntFunction<String> element) {
    if (outcomes != null) {
      for (int i = 0; i < outcomes.size(); i++) {
        operations.count(operation, element.apply(i), outcomes.get(i));
      }
    }
  }
}
