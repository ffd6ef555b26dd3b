package dev.phial.kms.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A timer and a clock that a test moves: what is scheduled runs inside {@link #pass}, in the order of its time, on the
 * thread of the test.
 */
public final class ManualTimer extends AbstractExecutorService implements ScheduledExecutorService {
  private static final Instant START = Instant.parse("2026-11-27T00:00:00Z");

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong order = new AtomicLong();
  private final PriorityBlockingQueue<Task<?>> tasks = new PriorityBlockingQueue<>();

  /** Lets time pass, and runs what falls due, and what that schedules. */
  public void pass(Duration time) {
    long end = now.get() + time.toNanos();
    for (Optional<Task<?>> next = due(end); next.isPresent(); next = due(end)) {
      now.set(Math.max(now.get(), next.get().due));
      next.get().run();
    }
    now.set(end);
  }

  /** How long until the next task; empty when there is none. */
  public Optional<Duration> next() {
    return tasks.stream()
        .filter(task -> !task.isDone())
        .min(Task::compareTo)
        .map(task -> Duration.ofNanos(task.due - now.get()));
  }

  /** Time since the start. */
  public long nanos() {
    return now.get();
  }

  /** The same time as a clock. */
  public Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return START.plusNanos(now.get());
      }
    };
  }

  private Optional<Task<?>> due(long end) {
    Task<?> next = tasks.peek();
    if (next == null || next.due > end) {
      return Optional.empty();
    }
    tasks.remove(next);
    return Optional.of(next);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(
        () -> {
          command.run();
          return true;
        },
        delay,
        unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    Task<V> task = new Task<>(callable, now.get() + unit.toNanos(delay), order.getAndIncrement());
    tasks.add(task);
    return task;
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException("only single tasks");
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException("only single tasks");
  }

  @Override
  public void execute(Runnable command) {
    ScheduledFuture<?> unused = schedule(command, 0, TimeUnit.NANOSECONDS);
  }

  @Override
  public void shutdown() {
    tasks.clear();
  }

  @Override
  public List<Runnable> shutdownNow() {
    tasks.clear();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    private final long due;
    private final long place;

    Task(Callable<V> callable, long due, long place) {
      super(callable);
      this.due = due;
      this.place = place;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(due - now.get(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      Task<?> that = (Task<?>) other;
      return due == that.due ? Long.compare(place, that.place) : Long.compare(due, that.due);
    }
  }
}
