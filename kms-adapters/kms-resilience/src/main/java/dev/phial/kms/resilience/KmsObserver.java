package dev.phial.kms.resilience;

import java.time.Duration;

/** Is told what happens to the operations of a KMS. Called on any thread; must not block or throw. */
public interface KmsObserver {

  /** An attempt has ended. One operation may have several. */
  void attempted(String kms, Operation operation, Outcome outcome, Duration took);

  /** An operation was not sent, because the KMS has enough to do or has failed too often. */
  void heldBack(String kms, Operation operation, Reason reason);

  /** The circuit breaker of a KMS has opened or closed. */
  void breakerChanged(String kms, boolean open);

  /** Why an operation was not sent. */
  enum Reason {
    BREAKER,
    CONCURRENCY,
    RATE
  }
}
