package dev.phial.gateway;

import dev.phial.gateway.policy.Policy;
import dev.phial.masking.Masker;
import java.util.Optional;

/** The masker of the policy's {@code logs} section. */
final class Maskers {
  private Maskers() {}

  /** The masker; empty when the policy does not say how logs are masked: then none may pass. */
  static Optional<Masker> of(Policy policy) {
    return Optional.empty();
  }

  /**
   * The masker for receivers.
   *
   * @throws IllegalArgumentException when the policy does not say how logs are masked
   */
  static Masker required(Policy policy) {
    return of(policy)
        .orElseThrow(() -> new IllegalArgumentException(
            "logs: the policy does not say how logs are masked; give it a section 'logs'"));
  }
}
