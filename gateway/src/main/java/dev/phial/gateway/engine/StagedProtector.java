package dev.phial.gateway.engine;

import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.policy.Element;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Protects and recovers the values of one element of one tenant, on keys that are resolved already; may have to ask a store,
 * and waits for nobody. Thread-safe.
 */
interface StagedProtector {

  /** Which of the operations a caller may ask for by name. */
  ProtectItem.Operation operation();

  /** Says what keys the other methods will want. */
  void declareNeeds(Element element, KeyNeeds needs);

  /** One outcome for each item, in order: {@link Outcome.Protected} or {@link Outcome.Refused}. */
  CompletionStage<List<Outcome>> protect(
      Subject subject, ResolvedKeys keys, List<ProtectItem> items);

  /** What each stored value is, in order. */
  CompletionStage<List<Recovered>> recover(
      Subject subject, ResolvedKeys keys, List<RevealItem> items);

  /** Each stored value under the version that protects new ones, in order, shown to nobody. */
  CompletionStage<List<Outcome>> renew(Subject subject, ResolvedKeys keys, List<RevealItem> items);
}
