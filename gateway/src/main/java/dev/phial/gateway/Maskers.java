package dev.phial.gateway;

import dev.phial.gateway.policy.Policy;
import dev.phial.masking.Masker;
import java.util.Optional;

/** The masker of the policy's {@code logs} section. */
final class Maskers {
  private Maskers() {}

  /**
   * The masker; empty when the policy does not say how logs are masked: then none may pass.
   *
   * @throws IllegalArgumentException when the policy asks for what only keys can make, which nobody here has yet
   */
  static Optional<Masker> of(Policy policy) {
    return policy.logs().map(Masker::of);
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
