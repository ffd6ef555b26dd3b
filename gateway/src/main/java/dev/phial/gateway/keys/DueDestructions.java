package dev.phial.gateway.keys;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Destroys the key versions whose time has come, at regular times. Every gateway on a store does so; each version is destroyed
 * once. A failure is logged once for each outage and tried again at the next time. One at a time.
 */
public final class DueDestructions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DueDestructions.class);

  private final Supplier<CompletionStage<Integer>> work;
  private final ScheduledExecutorService timer;
  private boolean failing;

  private DueDestructions(Supplier<CompletionStage<Integer>> work, ScheduledExecutorService timer) {
    this.work = work;
    this.timer = timer;
  }

  /** Destroys from now on, until closed. */
  public static DueDestructions start(KeyDestruction keys, Duration every) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(DueDestructions::thread);
    DueDestructions due = new DueDestructions(keys::destroyDue, timer);
    var unused = timer.scheduleWithFixedDelay(
        due::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return due;
  }

  private void look() {
    // Waits here, on a thread of its own: the next time must not begin before this one has ended.
    Throwable failure =
        work.get().handle((done, failed) -> failed).toCompletableFuture().join();
    if (failure != null && !failing) {
      LOG.warn("keys that are due cannot be destroyed: {}", failure.getMessage());
    }
    if (failure == null && failing) {
      LOG.info("keys that are due are destroyed again");
    }
    failing = failure != null;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "phial-key-ends");
    thread.setDaemon(true);
    return thread;
  }
}
