package dev.phial.gateway.engine;

import dev.phial.gateway.store.TokenStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the values of vaulted tokens whose time is over, at regular times. They open nothing from that time on, whether they
 * were deleted yet or not. Several gateways on one store may do it at once.
 */
public final class ExpiredTokens implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ExpiredTokens.class);

  private final ScheduledExecutorService timer;

  private ExpiredTokens(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /** Deletes from now on, until closed. */
  public static ExpiredTokens start(TokenStore store, InstantSource clock, Duration every) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(ExpiredTokens::thread);
    var unused = timer.scheduleWithFixedDelay(
        () -> delete(store, clock), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return new ExpiredTokens(timer);
  }

  private static void delete(TokenStore store, InstantSource clock) {
    CompletionStage<Integer> unused = store
        .deleteExpired(clock.instant())
        .whenComplete((deleted, failure) -> {
          if (failure != null) {
            LOG.warn("expired tokens cannot be deleted: {}", failure.getMessage());
          }
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "phial-expired-tokens");
    thread.setDaemon(true);
    return thread;
  }
}
