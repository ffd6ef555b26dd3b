package dev.phial.kms.resilience;

import dev.phial.kms.Kms;
import dev.phial.kms.KmsUnavailableException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Puts every guard around a KMS, in the order of promises:
 *
 * <pre>
 * retries( rate( breaker( concurrency( time limit( metering( the adapter ))))))
 * </pre>
 *
 * <p>Each attempt is measured, limited and counted alone; a retry asks all of them anew. What was never sent does not count
 * as a failure of the KMS: rate and concurrency are outside and inside of the breaker, and the breaker counts passing faults
 * of the KMS only. Measured is what the KMS took, also when nobody waited so long. Caching and single flight are further out, where the keys are.
 */
public final class ResilientKms {
  private static final int FEW_CALLS = 5;
  private static final int TRIAL_CALLS = 2;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ResilienceSettings settings;
  private final KmsObserver observer;
  private final ScheduledExecutorService timer;
  private final Clock clock;
  private final LongSupplier nanos;

  /**
   * @param settings of one KMS
   * @param observer is told of attempts, of what was held back, and of the breaker
   * @param timer waits for retries and time limits; not closed here
   */
  public ResilientKms(
      ResilienceSettings settings, KmsObserver observer, ScheduledExecutorService timer) {
    this(settings, observer, timer, Clock.systemUTC(), System::nanoTime);
  }

  ResilientKms(
      ResilienceSettings settings,
      KmsObserver observer,
      ScheduledExecutorService timer,
      Clock clock,
      LongSupplier nanos) {
    this.settings = settings;
    this.observer = observer;
    this.timer = timer;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * The guarded KMS. Closing it closes {@code adapter}.
   *
   * @param name its configured name
   */
  public Kms around(String name, Kms adapter) {
    Guard attempt =
        new TimeLimit(name, settings.timeout(), timer).around(new Metering(name, observer, nanos));
    Guard permitted = rate(name).around(breaker(name).around(concurrency(name).around(attempt)));
    return new GuardedKms(name, adapter, Retries.of(name, settings, timer).around(permitted));
  }

  private Guard concurrency(String name) {
    Bulkhead bulkhead = Bulkhead.of(
        name,
        BulkheadConfig.custom()
            .maxConcurrentCalls(settings.concurrency())
            .maxWaitDuration(Duration.ZERO)
            .build());
    return new HeldBack(name, observer, new HeldBack.Decoration() {
      @Override
      public <T> Supplier<CompletionStage<T>> around(Supplier<CompletionStage<T>> start) {
        return Bulkhead.decorateCompletionStage(bulkhead, start);
      }
    });
  }

  private Guard breaker(String name) {
    CircuitBreaker breaker = CircuitBreaker.of(
        name,
        CircuitBreakerConfig.custom()
            .slidingWindowSize(settings.window())
            .minimumNumberOfCalls(Math.min(FEW_CALLS, settings.window()))
            .failureRateThreshold(settings.failureRate())
            .waitDurationInOpenState(settings.openFor())
            .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
            .recordException(ResilientKms::failureOfTheKms)
            .ignoreException(ResilientKms::ourOwnDoing)
            .clock(clock)
            .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
            .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event -> observer.breakerChanged(
            name, event.getStateTransition().getToState() == CircuitBreaker.State.OPEN));
    return new HeldBack(name, observer, new HeldBack.Decoration() {
      @Override
      public <T> Supplier<CompletionStage<T>> around(Supplier<CompletionStage<T>> start) {
        return CircuitBreaker.decorateCompletionStage(breaker, start);
      }
    });
  }

  private Guard rate(String name) {
    RateLimiter limiter = RateLimiter.of(
        name,
        RateLimiterConfig.custom()
            .limitForPeriod(settings.rate())
            .limitRefreshPeriod(SECOND)
            .timeoutDuration(Duration.ZERO)
            .build(),
        nanos::getAsLong);
    return new HeldBack(name, observer, new HeldBack.Decoration() {
      @Override
      public <T> Supplier<CompletionStage<T>> around(Supplier<CompletionStage<T>> start) {
        return RateLimiter.decorateCompletionStage(limiter, start);
      }
    });
  }

  /** A wrapped key that is not authentic says nothing about the KMS. */
  private static boolean failureOfTheKms(Throwable failure) {
    Outcome outcome = Outcome.of(failure);
    return outcome == Outcome.UNAVAILABLE || outcome == Outcome.DEFECT;
  }

  private static boolean ourOwnDoing(Throwable failure) {
    return Outcome.unwrapped(failure) instanceof KmsUnavailableException known
        && known.getCause() instanceof BulkheadFullException;
  }
}
