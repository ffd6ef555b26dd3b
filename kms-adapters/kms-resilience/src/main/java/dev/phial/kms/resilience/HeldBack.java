package dev.phial.kms.resilience;

import dev.phial.kms.KmsUnavailableException;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.ratelimiter.RequestNotPermitted;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * A guard of the library that may hold an operation back; translates its refusal. The refusal stays the cause, so that a
 * retry can tell a breaker that is open from a KMS that failed.
 */
record HeldBack(String kms, KmsObserver observer, Decoration decoration) implements Guard {

  /** What the library puts around an attempt. */
  interface Decoration {
    <T> Supplier<CompletionStage<T>> around(Supplier<CompletionStage<T>> start);
  }

  @Override
  public <T> CompletionStage<T> guard(Operation operation, Supplier<CompletionStage<T>> start) {
    return decoration.around(start).get().exceptionallyCompose(failure -> {
      Throwable cause = Outcome.unwrapped(failure);
      if (cause instanceof CallNotPermittedException) {
        return refused(
            operation,
            KmsObserver.Reason.BREAKER,
            "failed too often and is left alone for a while",
            cause);
      }
      if (cause instanceof BulkheadFullException) {
        return refused(
            operation,
            KmsObserver.Reason.CONCURRENCY,
            "has as many calls as 'concurrency' allows",
            cause);
      }
      if (cause instanceof RequestNotPermitted) {
        return refused(
            operation,
            KmsObserver.Reason.RATE,
            "had as many calls in this second as 'rate' allows",
            cause);
      }
      return CompletableFuture.failedStage(failure);
    });
  }

  private <T> CompletionStage<T> refused(
      Operation operation, KmsObserver.Reason reason, String why, Throwable cause) {
    observer.heldBack(kms, operation, reason);
    return CompletableFuture.failedStage(
        KmsUnavailableException.passing("kms '" + kms + "' " + why, cause));
  }
}
