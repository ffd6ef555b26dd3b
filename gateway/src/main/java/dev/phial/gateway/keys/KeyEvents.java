package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import java.time.Duration;
import java.util.List;
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

  /** As {@link #usedUp}, because the primary is too old ({@link RotationAge}). */
  default CompletionStage<Void> tooOld(String tenant, KeyPurpose purpose, int version) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Versions of a keyset are about to be destroyed, because they are due. They are when the stage completes, and not when it
   * fails.
   */
  default CompletionStage<Void> destroying(KeysetView keyset, List<Integer> versions) {
    return CompletableFuture.completedFuture(null);
  }

  /** Versions of a keyset are destroyed, and their bytes have left the store's files. Once for each version. */
  default void destroyed(KeysetView keyset, List<Integer> versions) {}

  /** A pending version became primary beside the calls, when every gateway that shares the store knew it. */
  default void promoted(String tenant, KeyPurpose purpose, int version) {}

  /** The KMS said again that the keys may be used. */
  default void confirmed(String tenant, KeyPurpose purpose) {}

  /** The KMS or the store did not answer: the keys are used on, until {@code left} has passed. Once for each outage. */
  default void stale(String tenant, KeyPurpose purpose, Duration left) {}

  /** The KMS gives a key no more, or its age has run out in an outage: the keys were wiped. */
  default void withdrawn(String tenant, KeyPurpose purpose) {}

  /**
   * The keys of a keyset are opened by their second KEK, because the first does not give them. Once for each episode, which ends
   * when the first does again. KEKs are written {@code kms/key}.
   */
  default void openedBySecond(
      String tenant, KeyPurpose purpose, String first, String second, SecondKek why) {}

  /** A keyset was put out of memory, for others or because nobody used it. */
  default void evicted(String tenant, KeyPurpose purpose) {}
}
