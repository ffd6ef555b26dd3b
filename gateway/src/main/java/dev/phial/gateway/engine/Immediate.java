package dev.phial.gateway.engine;

import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.policy.Element;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A protector that has all it needs, as one that may have to ask: it works on the calling thread.
 *
 * @param protector does the work
 */
record Immediate(ElementProtector protector) implements StagedProtector {
  @Override
  public ProtectItem.Operation operation() {
    return protector.operation();
  }

  @Override
  public void declareNeeds(Element element, KeyNeeds needs) {
    protector.declareNeeds(element, needs);
  }

  @Override
  public CompletionStage<List<Outcome>> protect(
      Subject subject, ResolvedKeys keys, List<ProtectItem> items) {
    return CompletableFuture.completedStage(protector.protect(subject, keys, items));
  }

  @Override
  public CompletionStage<List<Recovered>> recover(
      Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    return CompletableFuture.completedStage(protector.recover(subject, keys, items));
  }

  @Override
  public CompletionStage<List<Outcome>> renew(
      Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    return CompletableFuture.completedStage(new Renewal(protector, subject, keys).renew(items));
  }
}
