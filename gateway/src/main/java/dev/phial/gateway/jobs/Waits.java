package dev.phial.gateway.jobs;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits, on the thread of the jobs only, for what others do; with an end. */
final class Waits {
  /** Far beyond every time limit of stores and KMSs: what takes longer has been lost. */
  private static final long MINUTES = 5;

  private Waits() {}

  static <T> T of(CompletionStage<T> stage)
      throws InterruptedException, ExecutionException, TimeoutException {
    return stage.toCompletableFuture().get(MINUTES, TimeUnit.MINUTES);
  }

  /** What to tell of a failure of {@link #of}. */
  static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null
        && cause.getMessage() != null
        && cause instanceof ExecutionException) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
