package dev.phial.gateway.keys;

import dev.phial.gateway.store.Watch;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over what other processes on the same store have changed, at regular times and whenever the store tells of a change:
 * a rotation, a version taken out of use; and tells that it lives. A failure is logged once for each outage and tried again at the next time. One at a time.
 */
public final class KeysetFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeysetFollower.class);

  private final Keysets keysets;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile Watch watch = Watch.NOTHING;
  private boolean failing;

  private KeysetFollower(Keysets keysets, ScheduledExecutorService timer) {
    this.keysets = keysets;
    this.timer = timer;
  }

  /** Follows from now on, until closed. */
  public static KeysetFollower start(Keysets keysets, Duration every) {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(KeysetFollower::thread);
    KeysetFollower follower = new KeysetFollower(keysets, timer);
    var unused = timer.scheduleWithFixedDelay(
        follower::follow, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    follower.watch = keysets.watch(follower::soon);
    return follower;
  }

  /** Of several notices before the next look, one is enough; one that comes during a look begins another. */
  private void soon() {
    if (told.compareAndSet(false, true)) {
      try {
        timer.execute(this::follow);
      } catch (RejectedExecutionException e) {
        LOG.debug("a change of keys after the end");
      }
    }
  }

  private void follow() {
    told.set(false);
    // Waits here, on a thread of its own: the next time must not begin before this one has ended.
    Throwable failure =
        keysets.follow().handle((done, failed) -> failed).toCompletableFuture().join();
    if (failure != null && !failing) {
      LOG.warn("changes to keys by other gateways cannot be seen: {}", failure.getMessage());
    }
    if (failure == null && failing) {
      LOG.info("changes to keys by other gateways are seen again");
    }
    failing = failure != null;
  }

  @Override
  public void close() {
    watch.close();
    timer.shutdownNow();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "phial-keys");
    thread.setDaemon(true);
    return thread;
  }
}
