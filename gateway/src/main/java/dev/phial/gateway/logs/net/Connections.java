package dev.phial.gateway.logs.net;

import dev.phial.gateway.logs.intake.LogObserver;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts a receiver's connections, those too that have closed and whose last batch still waits for room. Thread-safe. */
public final class Connections {
  private final AtomicInteger open = new AtomicInteger();
  private final int most;
  private final LogObserver observer;

  public Connections(int most, LogObserver observer) {
    this.most = most;
    this.observer = observer;
  }

  /** Whether one more is allowed; if so, {@link #leave} must follow once. */
  public boolean enter() {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      observer.refused("too-many-connections");
      return false;
    }
    observer.connectionOpened();
    return true;
  }

  public void leave() {
    open.decrementAndGet();
    observer.connectionClosed();
  }
}
