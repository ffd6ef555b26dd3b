package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What happens to keys without anybody having asked for it: for the audit log and for metrics. Thread-safe; does not block. */
public interface KeyEvents {
  /** Says it to nobody. */
  KeyEvents NONE = new KeyEvents() {};

  /**
   * A keyset is about to get a new version, because its primary has protected as much as it may. It does when the stage
   * completes, and not when it fails.
   */
  default CompletionStage<Void> usedUp(String tenant, KeyPurpose purpose, int version) {
    return CompletableFuture.completedFuture(null);
  }

  /** A pending version became primary beside the calls, when every gateway that shares the store knew it. */
  default void promoted(String tenant, KeyPurpose purpose, int version) {}

  /** The KMS said again that the keys may be used. */
  default void confirmed(String tenant, KeyPurpose purpose) {}

  /** The KMS or the store did not answer: the keys are used on, until {@code left} has passed. Once for each outage. */
  default void stale(String tenant, KeyPurpose purpose, Duration left) {}

  /** The KMS gives a key no more, or its age has run out in an outage: the keys were wiped. */
  default void withdrawn(String tenant, KeyPurpose purpose) {}

  /** A keyset was put out of memory, for others or because nobody used it. */
  default void evicted(String tenant, KeyPurpose purpose) {}
}
