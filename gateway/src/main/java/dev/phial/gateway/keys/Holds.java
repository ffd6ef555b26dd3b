package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyDestroyedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls that are at work with some keys, so that the keys go when none is. Thread-safe. */
final class Holds {
  private static final int CLOSED = Integer.MIN_VALUE;

  private final AtomicInteger count = new AtomicInteger();
  private volatile Runnable end = () -> {};

  /** @throws KeyDestroyedException when they go already */
  KeyRing.Hold take() {
    if (count.incrementAndGet() < 0) {
      release();
      throw new KeyDestroyedException("a keyset that was put out of memory");
    }
    AtomicBoolean over = new AtomicBoolean();
    return () -> {
      if (over.compareAndSet(false, true)) {
        release();
      }
    };
  }

  private void release() {
    if (count.decrementAndGet() == CLOSED) {
      end.run();
    }
  }

  /** Runs {@code last} when nobody is at work any more: now, or after the last one. Call once; {@code last} may run twice. */
  void close(Runnable last) {
    end = last;
    if (count.getAndUpdate(held -> held | CLOSED) == 0) {
      last.run();
    }
  }
}
