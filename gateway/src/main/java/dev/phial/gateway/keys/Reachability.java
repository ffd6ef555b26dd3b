package dev.phial.gateway.keys;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Whether a KMS or the store answered when last asked. While it did not, each look asks again in the background, so that
 * recovery shows without traffic and without a timer.
 */
final class Reachability {
  private final Supplier<CompletionStage<Boolean>> question;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile boolean reached;

  Reachability(Supplier<CompletionStage<Boolean>> question) {
    this.question = question;
  }

  /** Notes that an operation failed which needed it. */
  void lost() {
    reached = false;
  }

  /** Asks in the background, because one operation was refused, and goes on as before until the answer. */
  void doubt() {
    if (asking.compareAndSet(false, true)) {
      CompletionStage<Boolean> unused =
          ask().whenComplete((answered, failure) -> asking.set(false));
    }
  }

  boolean now() {
    boolean answer = reached;
    if (!answer) {
      doubt();
    }
    return answer;
  }

  /** Asks now. The stage does not fail. */
  CompletionStage<Boolean> ask() {
    return question.get().handle((answered, failure) -> {
      boolean answer = failure == null && answered;
      reached = answer;
      return answer;
    });
  }
}
