package dev.phial.kms;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes a {@link Kms} of calls that wait: a bounded number of threads, a bounded line before them, and a bound on the time
 * from call to answer, the time in the line included. What does not fit is refused at once as a passing fault. An answer
 * that comes too late is dropped, a key in it wiped.
 */
public final class ThreadedKms implements Kms {
  /** Waiting calls for each thread. More would only wait until they time out. */
  private static final int LINE_PER_THREAD = 32;

  private static final long IDLE_SECONDS = 60;

  private final String name;
  private final BlockingKms service;
  private final Duration timeout;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor timer;
  private volatile boolean closed;

  /**
   * @param name the KMS's configured name
   * @param service closed when this was closed and its last call has ended
   * @param threads calls at the same time
   * @param timeout for one operation
   */
  public ThreadedKms(String name, BlockingKms service, int threads, Duration timeout) {
    this.name = name;
    this.service = service;
    this.timeout = timeout;
    this.threads = new Threads(threads, factory(name), service);
    this.timer = new ScheduledThreadPoolExecutor(1, factory(name + "-timer"));
    timer.setRemoveOnCancelPolicy(true);
  }

  @Override
  public CompletionStage<WrappedKey> wrap(KekRef kek, byte[] key, WrapContext context) {
    if (key.length < MIN_KEY_BYTES || key.length > MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "a data key has " + MIN_KEY_BYTES + " to " + MAX_KEY_BYTES + " bytes");
    }
    byte[] copy = key.clone();
    PendingCall<WrappedKey> call = start(
        () -> service.wrap(kek, copy, context), unused -> {}, () -> Arrays.fill(copy, (byte) 0));
    return call.answer();
  }

  @Override
  public CompletionStage<byte[]> unwrap(WrappedKey wrapped, WrapContext context) {
    return start(
            () -> service.unwrap(wrapped, context), key -> Arrays.fill(key, (byte) 0), () -> {})
        .answer();
  }

  @Override
  public CompletionStage<WrappedKey> rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
    return start(() -> service.rewrap(wrapped, kek, context), unused -> {}, () -> {})
        .answer();
  }

  @Override
  public CompletionStage<KekDescription> describe(KekRef kek) {
    return start(() -> service.describe(kek), unused -> {}, () -> {}).answer();
  }

  /** Does not wait for calls under way: they are interrupted, and the last one closes the service behind it. */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    for (Runnable waiting : threads.shutdownNow()) {
      if (waiting instanceof PendingCall<?> call) {
        call.fail(closedFailure());
      }
    }
  }

  private <T> PendingCall<T> start(Supplier<T> work, Consumer<T> dropped, Runnable cleanup) {
    PendingCall<T> call = new PendingCall<>(work, dropped, cleanup, this::failure);
    try {
      ScheduledFuture<?> alarm =
          timer.schedule(() -> call.fail(late()), timeout.toNanos(), TimeUnit.NANOSECONDS);
      call.whenDone(() -> alarm.cancel(false));
      threads.execute(call);
    } catch (RejectedExecutionException e) {
      call.fail(closed ? closedFailure() : full());
    }
    return call;
  }

  /** What a call failed with, as callers may see it. */
  private KmsException failure(Throwable thrown) {
    if (closed) {
      return closedFailure();
    }
    return thrown instanceof KmsException known
        ? known
        : KmsUnavailableException.lasting(
            "kms '" + name + "' failed in a way that its adapter does not know: "
                + thrown.getClass().getName(),
            thrown);
  }

  private KmsException closedFailure() {
    return KmsUnavailableException.lasting("kms '" + name + "' was closed");
  }

  private KmsException late() {
    return KmsUnavailableException.passing(
        "kms '" + name + "' did not answer within " + timeout.toMillis() + " ms");
  }

  private KmsException full() {
    return KmsUnavailableException.passing(
        "kms '" + name + "' has " + threads.getQueue().size() + " calls waiting already");
  }

  private static ThreadFactory factory(String name) {
    return task -> {
      Thread thread = new Thread(task, "phial-kms-" + name);
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Ends with the service: whoever leaves last closes it. */
  private static final class Threads extends ThreadPoolExecutor {
    private final BlockingKms service;

    Threads(int size, ThreadFactory factory, BlockingKms service) {
      super(
          size,
          size,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(size * LINE_PER_THREAD),
          factory);
      this.service = service;
      allowCoreThreadTimeOut(true);
    }

    @Override
    protected void terminated() {
      service.close();
    }
  }
}
