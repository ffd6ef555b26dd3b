package dev.phial.crypto.pool;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a few things that are dear to make and fit for one thread at a time. Unlike a thread-local it does not grow with
 * the number of threads, works the same for virtual ones, and goes away with its owner.
 *
 * <p>Give back what worked. Drop what threw: its state is unknown. A closed pool keeps nothing.
 */
public final class Pool<T> {
  private static final int SLOTS =
      Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 4 - 1);

  private final AtomicReferenceArray<@Nullable T> idle = new AtomicReferenceArray<>(SLOTS);
  private final Supplier<T> maker;
  private final Consumer<T> wiper;
  private volatile boolean closed;

  public Pool(Supplier<T> maker) {
    this(maker, item -> {});
  }

  /** @param wiper clears what the closed pool drops */
  public Pool(Supplier<T> maker, Consumer<T> wiper) {
    this.maker = maker;
    this.wiper = wiper;
  }

  /** An idle one or a new one: the caller's alone until given back. */
  public T borrow() {
    int start = start();
    for (int i = 0; i < SLOTS; i++) {
      T found = idle.getAndSet((start + i) & (SLOTS - 1), null);
      if (found != null) {
        return found;
      }
    }
    return maker.get();
  }

  /** Keeps {@code item} for the next; lets it go when enough are kept. */
  public void giveBack(T item) {
    int start = start();
    for (int i = 0; i < SLOTS; i++) {
      if (idle.compareAndSet((start + i) & (SLOTS - 1), null, item)) {
        // Closed at the same moment: then it is ours to take it out again.
        if (closed) {
          drop();
        }
        return;
      }
    }
    if (closed) {
      wiper.accept(item);
    }
  }

  /** Drops what is idle now, and later what is given back. What is borrowed stays good for its borrower. */
  public void close() {
    closed = true;
    drop();
  }

  private void drop() {
    for (int i = 0; i < SLOTS; i++) {
      T found = idle.getAndSet(i, null);
      if (found != null) {
        wiper.accept(found);
      }
    }
  }

  // Threads start at different slots, so that they rarely meet.
  private static int start() {
    return (int) Thread.currentThread().getId();
  }
}
