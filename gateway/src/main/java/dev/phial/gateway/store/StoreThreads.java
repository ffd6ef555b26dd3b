package dev.phial.gateway.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that wait for a database, so that nobody else does: as many as it has connections, a bounded line before
 * them, and a bound on the time from call to answer, the time in the line included. What does not fit is refused at once.
 * All failures are {@link StoreException}s.
 */
final class StoreThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreThreads.class);
  private static final int LINE_PER_THREAD = 256;
  private static final int CLOSE_SECONDS = 10;
  private static final long IDLE_SECONDS = 60;

  private final Database database;
  private final Duration timeout;
  private final ThreadPoolExecutor threads;

  StoreThreads(Database database, Duration timeout) {
    this.database = database;
    this.timeout = timeout;
    this.threads = new ThreadPoolExecutor(
        database.threads(),
        database.threads(),
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(database.threads() * LINE_PER_THREAD),
        StoreThreads::storeThread);
    threads.allowCoreThreadTimeOut(true);
  }

  /** A transaction of its own, begun only while its caller still waits for it. */
  <T> CompletionStage<T> inTransaction(SqlWork<T> work) {
    return call(connection -> Transaction.run(connection, work));
  }

  /** One statement, or several that need not agree. */
  <T> CompletionStage<T> call(SqlWork<T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> run(work, answer));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(threads.isShutdown() ? closed(e) : full(e));
    }
    // The second hop keeps what callers attach off the few threads that all of them wait for.
    return answer
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .handleAsync(this::answered, ForkJoinPool.commonPool());
  }

  /** The approved module, which serves the driver's TLS and log-in, throws errors where others throw exceptions. */
  private <T> void run(SqlWork<T> work, CompletableFuture<T> answer) {
    if (answer.isDone()) {
      return;
    }
    try {
      answer.complete(database.with(work));
    } catch (SQLException | RuntimeException | AssertionError e) {
      answer.completeExceptionally(e);
    }
  }

  private <T> T answered(T result, Throwable failure) {
    if (failure == null) {
      return result;
    }
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    throw cause instanceof TimeoutException late ? tooLate(late) : failed(cause);
  }

  private StoreException failed(Throwable cause) {
    return cause instanceof StoreException known
        ? known
        : new StoreException(
            "the store " + database.name() + " failed; see " + database.setting()
                + " in the configuration",
            cause);
  }

  private StoreException tooLate(Throwable cause) {
    return new StoreException(
        "the store " + database.name() + " did not answer within " + timeout.toMillis()
            + " ms; see " + database.setting() + " in the configuration",
        cause);
  }

  private StoreException full(Throwable cause) {
    return new StoreException(
        "the store " + database.name() + " has " + threads.getQueue().size()
            + " operations waiting already; try again",
        cause);
  }

  private StoreException closed(Throwable cause) {
    return new StoreException("the store " + database.name() + " is closed", cause);
  }

  /** Waits until what was started is done, then closes the database; for shut-down. */
  @Override
  public synchronized void close() {
    if (threads.isShutdown()) {
      return;
    }
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("store {} is closed with operations under way", database.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    database.close();
  }

  private static Thread storeThread(Runnable task) {
    Thread thread = new Thread(task, "phial-store");
    thread.setDaemon(true);
    return thread;
  }
}
