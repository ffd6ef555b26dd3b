package dev.phial.masking;

import dev.phial.masking.treat.PolicyMasker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Masks log events by a policy.
 *
 * <p><b>Promise.</b> The answer has the order and the size of {@code events}. Bytes that are part of no finding are the
 * bytes that came in. Nothing that was found passes unless the policy says so.
 *
 * <p><b>Threading.</b> Immutable and thread-safe. The scan runs on the calling thread, in time linear in the bytes; it never
 * waits for I/O. When the policy has keyed treatments the stage may complete later and on another thread.
 *
 * <p><b>Failure.</b> A stage that fails means: these events must not pass on. Its exception names the element and never a
 * value.
 */
public interface Masker {

  CompletionStage<List<Masked>> mask(List<LogEvent> events);

  /**
   * A masker for a policy that needs no keys.
   *
   * @throws IllegalArgumentException when the policy needs keys
   */
  static Masker of(MaskingPolicy policy) {
    return new PolicyMasker(policy, Optional.empty());
  }

  /** A masker whose keyed treatments are done by {@code keyed}. */
  static Masker of(MaskingPolicy policy, KeyedTreatment keyed) {
    return new PolicyMasker(policy, Optional.of(keyed));
  }
}
