package dev.phial.gateway.jobs;

import dev.phial.gateway.store.StoredJob;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on jobs beside the calls, one at a time, on a thread of its own that waits so that nobody else does. A job that cannot
 * go on at the moment is given back, and taken again later, here or elsewhere.
 */
public final class JobRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final long CLOSE_SECONDS = 10;

  private final JobTools tools;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final ScheduledExecutorService heart;
  private final Thread thread;
  private final Set<String> kinds;

  private JobRunner(JobTools tools) {
    this.tools = tools;
    this.kinds = tools.works().stream()
        .map(work -> work.kind().word())
        .collect(Collectors.toUnmodifiableSet());
    this.heart =
        Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "phial-jobs-lease"));
    this.thread = daemon(this::run, "phial-jobs");
  }

  /** Looks for jobs and works on them from now on, until closed. */
  public static JobRunner start(JobTools tools) {
    JobRunner runner = new JobRunner(tools);
    runner.thread.start();
    return runner;
  }

  private void run() {
    try {
      do {
        while (worked()) {
          LOG.debug("jobs: looks for the next one");
        }
      } while (!stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether there was a job, and it was worked on without a fault. */
  private boolean worked() throws InterruptedException {
    if (stopped.getCount() == 0) {
      return false;
    }
    try {
      Instant now = tools.clock().instant();
      Optional<StoredJob> taken = Waits.of(tools
          .store()
          .take(kinds, tools.gateway(), now, now.plus(tools.settings().lease())));
      return taken.isPresent() && new JobRun(tools, taken.get(), stopped, heart).run();
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      LOG.warn("jobs: cannot go on at the moment: {}", Waits.reason(e));
      return false;
    }
  }

  /** Ends the step under way and gives the job back. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    heart.shutdownNow();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
