package dev.phial.gateway.keys;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work beside the calls that is done at regular times, from the first pause on and until closed. One at a time. A failure is logged
 * once for each outage, and the work is tried again at the next time. Thread-safe.
 */
public final class RegularWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RegularWork.class);

  private final String name;
  private final Supplier<? extends CompletionStage<?>> work;
  private final ScheduledExecutorService timer;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private boolean failing;

  private RegularWork(String name, Supplier<? extends CompletionStage<?>> work) {
    this.name = name;
    this.work = work;
    this.timer = Executors.newSingleThreadScheduledExecutor(this::thread);
  }

  /**
   * Begins.
   *
   * @param name what it is, in a few words, for the log
   * @param every the pause between an end and the next beginning
   */
  public static RegularWork start(
      String name, Supplier<? extends CompletionStage<?>> work, Duration every) {
    RegularWork regular = new RegularWork(name, work);
    var unused = regular.timer.scheduleWithFixedDelay(
        regular::once, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return regular;
  }

  /** Has it done soon. Of several wishes before it begins, one is enough; one that comes while it is done begins another. */
  void soon() {
    if (wanted.compareAndSet(false, true)) {
      try {
        timer.execute(this::once);
      } catch (RejectedExecutionException e) {
        LOG.debug("{}: asked for after the end", name);
      }
    }
  }

  private void once() {
    wanted.set(false);
    // Waits here, on a thread of its own: the next time must not begin before this one has ended.
    Throwable failure =
        started().handle((done, failed) -> failed).toCompletableFuture().join();
    if (failure != null && !failing) {
      LOG.warn("{}: failed, and is tried again at regular times: {}", name, failure.getMessage());
    }
    if (failure == null && failing) {
      LOG.info("{}: succeeds again", name);
    }
    failing = failure != null;
  }

  /** A timer drops work that throws, for ever. */
  private CompletionStage<? extends @Nullable Object> started() {
    try {
      return work.get();
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedStage(e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "phial: " + name);
    thread.setDaemon(true);
    return thread;
  }
}
