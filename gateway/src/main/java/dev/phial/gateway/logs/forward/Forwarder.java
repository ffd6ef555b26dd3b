package dev.phial.gateway.logs.forward;

import dev.phial.gateway.logs.buffer.DiskBuffer;
import dev.phial.gateway.logs.buffer.Entry;
import dev.phial.gateway.logs.buffer.Position;
import dev.phial.gateway.logs.intake.LogObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is in a buffer, in its order, at least once: what a destination has not surely taken is sent again, after
 * pauses that grow from 200 ms to 30 s, for as long as it takes. One thread of its own.
 */
public final class Forwarder {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
  private static final Duration WAIT = Duration.ofMillis(500);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final String name;
  private final DiskBuffer buffer;
  private final Destination destination;
  private final LogObserver observer;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean reached = true;

  // The thread's own:
  private Position at;
  private Duration pause = FIRST_PAUSE;
  private int lastTries = 1;

  public Forwarder(String name, DiskBuffer buffer, Destination destination, LogObserver observer) {
    this.name = name;
    this.buffer = buffer;
    this.destination = destination;
    this.observer = observer;
    this.at = buffer.released();
    this.thread = new Thread(this::run, "phial-logs-forward-" + name);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Whether the last delivery was successful. */
  public boolean reached() {
    return reached;
  }

  /** Delivers what is still there, for {@code grace} at most, unless the destination cannot be reached. Blocks. */
  public void close(Duration grace) throws InterruptedException {
    closing.countDown();
    thread.join(Math.max(1, grace.toMillis()));
    thread.interrupt();
    thread.join(WAIT.toMillis());
  }

  private void run() {
    try {
      boolean more = true;
      while (more) {
        more = step();
      }
    } catch (InterruptedException e) {
      LOG.debug("forwarding of {} is given up; the rest stays in the buffer", name);
    } finally {
      destination.close();
    }
  }

  /** Delivers one parcel, or waits for one; whether to go on. */
  private boolean step() throws InterruptedException {
    boolean last = closing.getCount() == 0;
    try {
      Optional<Entry> next = buffer.read(at, last ? Duration.ZERO : WAIT);
      if (next.isPresent()) {
        deliver(next.get());
      }
      settle(last && next.isEmpty());
      return !last || next.isPresent();
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
      return !closing.await(pause.toMillis(), TimeUnit.MILLISECONDS) || lastTries-- > 0;
    }
  }

  private void deliver(Entry entry) throws IOException, InterruptedException {
    try {
      destination.send(entry.parcel());
      observer.forwarded(entry.parcel().events(), entry.parcel().body().remaining());
    } catch (RejectedException e) {
      LOG.warn("{} of {}: {}", e.events(), name, e.getMessage());
      observer.lost(LogObserver.Lost.REJECTED, e.events());
      observer.forwarded(
          entry.parcel().events() - e.events(), entry.parcel().body().remaining());
    }
    at = entry.next();
    if (!reached) {
      reached = true;
      LOG.info("logs of {} are forwarded again", name);
    }
    pause = FIRST_PAUSE;
  }

  private void settle(boolean now) throws IOException, InterruptedException {
    if (destination.settle(now)) {
      buffer.release(at);
    }
  }

  private void failed(Throwable failure) {
    if (reached) {
      reached = false;
      LOG.warn(
          "logs of {} cannot be forwarded, tried again until they can: {}",
          name,
          failure.toString());
    }
    observer.retried();
    destination.reset();
    at = buffer.released();
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }
}
