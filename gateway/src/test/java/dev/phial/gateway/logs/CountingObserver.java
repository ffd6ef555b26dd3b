package dev.phial.gateway.logs;

import dev.phial.gateway.logs.intake.LogObserver;
import dev.phial.masking.Identifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts, by name: {@code received}, {@code found SSN}, {@code lost FULL}, {@code refused token} ... */
public final class CountingObserver implements LogObserver {
  private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();

  public long count(String name) {
    return counts.getOrDefault(name, new AtomicLong()).get();
  }

  private void add(String name, long count) {
    counts.computeIfAbsent(name, n -> new AtomicLong()).addAndGet(count);
    synchronized (this) {
      notifyAll();
    }
  }

  /** Waits until something has been counted often enough. */
  public synchronized void await(String name, long least) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (count(name) < least) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(name + " is " + count(name) + " after a minute: " + counts);
      }
      wait(left);
    }
  }

  @Override
  public void connectionOpened() {
    add("opened", 1);
  }

  @Override
  public void connectionClosed() {
    add("closed", 1);
  }

  @Override
  public void received(int events, long bytes) {
    add("received", events);
  }

  @Override
  public void found(Identifier identifier, int count) {
    add("found " + identifier, count);
  }

  @Override
  public void lost(Lost reason, int events) {
    add("lost " + reason, events);
  }

  @Override
  public void refused(String reason) {
    add("refused " + reason, 1);
  }

  @Override
  public void forwarded(int events, long bytes) {
    add("forwarded", events);
  }

  @Override
  public void retried() {
    add("retried", 1);
  }

  @Override
  public String toString() {
    return counts.toString();
  }
}
