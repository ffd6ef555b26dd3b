package dev.phial.kms.resilience;

import dev.phial.kms.KmsException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * One protection around operations of a KMS. Thread-safe; never waits. The stage that it gives fails with a {@link
 * KmsException}, or as the operation's does.
 */
interface Guard {

  /**
   * Starts an operation, once, several times or not at all.
   *
   * @param operation which one, for records
   * @param start begins an attempt; does not throw
   */
  <T> CompletionStage<T> guard(Operation operation, Supplier<CompletionStage<T>> start);

  /** This guard around another one. */
  default Guard around(Guard inner) {
    return new Nested(this, inner);
  }
}
