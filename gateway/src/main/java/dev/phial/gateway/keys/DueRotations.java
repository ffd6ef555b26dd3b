package dev.phial.gateway.keys;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives keysets in use whose primary is too old a new version, at regular times. Every gateway on a store does so; each keyset gets
 * one. A failure is logged once for each outage and tried again at the next time. One at a time.
 */
public final class DueRotations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DueRotations.class);

  private final Keysets keysets;
  private final RotationAge age;
  private final ScheduledExecutorService timer;
  private boolean failing;

  private DueRotations(Keysets keysets, RotationAge age, ScheduledExecutorService timer) {
    this.keysets = keysets;
    this.age = age;
    this.timer = timer;
  }

  /** Looks from now on, until closed. */
  public static DueRotations start(Keysets keysets, RotationAge age, Duration every) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(DueRotations::thread);
    DueRotations due = new DueRotations(keysets, age, timer);
    var unused = timer.scheduleWithFixedDelay(
        due::look, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return due;
  }

  private void look() {
    // Waits here, on a thread of its own: the next time must not begin before this one has ended.
    Throwable failure = keysets
        .rotateDue(age)
        .handle((done, failed) -> failed)
        .toCompletableFuture()
        .join();
    if (failure != null && !failing) {
      LOG.warn("keys that are too old cannot be rotated: {}", failure.getMessage());
    }
    if (failure == null && failing) {
      LOG.info("keys that are too old are rotated again");
    }
    failing = failure != null;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "phial-key-ages");
    thread.setDaemon(true);
    return thread;
  }
}
