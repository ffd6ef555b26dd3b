package dev.phial.kms.resilience;

import dev.phial.kms.KmsUnavailableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Stops waiting for an attempt after a while. A key that comes too late is wiped. */
record TimeLimit(String kms, Duration limit, ScheduledExecutorService timer) implements Guard {

  @Override
  public <T> CompletionStage<T> guard(Operation operation, Supplier<CompletionStage<T>> start) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    CompletionStage<T> attempt = start.get();
    ScheduledFuture<?> alarm = timer.schedule(
        () -> answer.completeExceptionally(late()), limit.toNanos(), TimeUnit.NANOSECONDS);
    CompletionStage<T> unused = attempt.whenComplete((result, failure) -> {
      alarm.cancel(false);
      if (failure != null) {
        answer.completeExceptionally(failure);
      } else if (!answer.complete(result) && result instanceof byte[] key) {
        Arrays.fill(key, (byte) 0);
      }
    });
    return answer;
  }

  private KmsUnavailableException late() {
    return KmsUnavailableException.passing(
        "kms '" + kms + "' did not answer within " + limit.toMillis() + " ms");
  }
}
