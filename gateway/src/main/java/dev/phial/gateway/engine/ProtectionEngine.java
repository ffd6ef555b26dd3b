package dev.phial.gateway.engine;

import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Protects, reveals, renews and indexes values of data elements. This is the one thing that every channel talks to.
 *
 * <p>Promises: outcome {@code i} belongs to item {@code i}; an item that fails does not touch its neighbours; nothing
 * that could not be protected or decided comes back as a value; when the stage completes normally, the audit record of
 * the operation is durable.
 *
 * <p>The stage fails as a whole, with an {@link EngineException}, when no item can be answered: the audit log cannot be
 * written, the keys are not available, the batch is too large.
 *
 * <p>Thread-safe. Never blocks the calling thread; the stage may complete on any thread.
 */
public interface ProtectionEngine {

  /** Replaces plain values by protected ones, as each element's rule says. */
  CompletionStage<List<Outcome>> protect(Call call, List<ProtectItem> items);

  /** Gives each protected value back in the form that the call's caller may see. */
  CompletionStage<List<Outcome>> reveal(Call call, List<RevealItem> items);

  /**
   * Protects stored values again, under the key version that protects new ones, without showing them to anybody. Asks for
   * the right to protect. A value that is of that version already comes back unchanged, so the work may be repeated; what is
   * not a protected value is refused.
   */
  CompletionStage<List<Outcome>> renew(Call call, List<RevealItem> items);

  /**
   * Gives the digests by which equal values are found. Asks for the right to protect: who may try values could find out
   * stored ones.
   */
  CompletionStage<List<Outcome>> index(Call call, List<ProtectItem> items);
}
