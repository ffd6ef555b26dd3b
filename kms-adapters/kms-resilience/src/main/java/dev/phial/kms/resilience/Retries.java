package dev.phial.kms.resilience;

import dev.phial.kms.KmsException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries again what failed in passing, after a wait that doubles and is never the same for two callers, so that they do not
 * come back all at once. What stays refused is not tried again, and neither is a KMS whose breaker is open.
 */
record Retries(Retry retry, ScheduledExecutorService timer) implements Guard {
  private static final double DOUBLING = 2.0;
  private static final double JITTER = 0.5;

  static Retries of(String kms, ResilienceSettings settings, ScheduledExecutorService timer) {
    RetryConfig config = RetryConfig.custom()
        .maxAttempts(settings.attempts())
        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
            settings.backoff(), DOUBLING, JITTER, settings.maxBackoff()))
        .retryOnException(Retries::worthwhile)
        .build();
    return new Retries(Retry.of(kms, config), timer);
  }

  @Override
  public <T> CompletionStage<T> guard(Operation operation, Supplier<CompletionStage<T>> start) {
    return Retry.decorateCompletionStage(retry, timer, start).get();
  }

  private static boolean worthwhile(@Nullable Throwable failure) {
    return Outcome.unwrapped(failure) instanceof KmsException known
        && known.retryable()
        && !(known.getCause() instanceof CallNotPermittedException);
  }
}
