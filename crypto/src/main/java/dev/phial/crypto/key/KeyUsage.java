package dev.phial.crypto.key;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what one process protects under one key, over all threads, and says when it would be over the limit (threat T3). Never
 * over; under by what threads have reserved and not used, less than one part in 64.
 *
 * <p>A thread takes from a stripe of its own, which reserves blocks of the limit: two uncontended additions for a message. It is
 * apart from the key's bytes, so that a key that leaves memory and comes back goes on counting. Thread-safe.
 */
public final class KeyUsage {
  private static final int STRIPES =
      Math.min(8, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2));
  private static final int BLOCKS = 64;
  /** Longs between stripes: two cache lines. */
  private static final int APART = 16;

  private final UsageLimit limit;
  private final AtomicLongArray left = new AtomicLongArray(STRIPES * APART);
  private final Budget messages;
  private final Budget bytes;

  public KeyUsage(UsageLimit limit) {
    this.limit = limit;
    this.messages = new Budget(limit.messages(), 0);
    this.bytes = new Budget(limit.bytes(), 1);
  }

  /** Whether {@code count} messages of {@code length} bytes together are within the limit; then they are counted. */
  boolean take(long count, long length) {
    int stripe = ((int) Thread.currentThread().getId() & (STRIPES - 1)) * APART;
    if (!messages.take(stripe, count)) {
      return false;
    }
    if (!bytes.take(stripe, length)) {
      messages.giveBack(stripe, count);
      return false;
    }
    return true;
  }

  /** Messages protected so far; while others protect, about so many. */
  public long messages() {
    return messages.used();
  }

  /** Bytes protected so far, as {@link #messages}. */
  public long bytes() {
    return bytes.used();
  }

  /** Whether seven eighths are gone: time for a new version. */
  public boolean nearlyUsedUp() {
    return messages.nearEnd || bytes.nearEnd;
  }

  /** How much of the limit is gone, from 0 to 1. */
  public double share() {
    return Math.max(
        (double) messages.used() / limit.messages(), (double) bytes.used() / limit.bytes());
  }

  public UsageLimit limit() {
    return limit;
  }

  private final class Budget {
    private final long most;
    private final long block;
    private final int place;
    private final AtomicLong reserved = new AtomicLong();
    private volatile boolean nearEnd;

    Budget(long most, int place) {
      this.most = most;
      this.block = Math.max(1, most / ((long) STRIPES * BLOCKS));
      this.place = place;
    }

    boolean take(int stripe, long amount) {
      long after = left.addAndGet(stripe + place, -amount);
      return after >= 0 || refill(stripe, amount, Math.min(amount, -after));
    }

    /** The stripe owes {@code missing} of {@code amount} by now: it gets that, and more when there is more. */
    private boolean refill(int stripe, long amount, long missing) {
      long wanted = Math.max(missing, block);
      long got = reserve(wanted) ? wanted : reserve(missing) ? missing : 0;
      left.addAndGet(stripe + place, got == 0 ? amount : got);
      return got > 0;
    }

    private boolean reserve(long amount) {
      long before;
      do {
        before = reserved.get();
        if (amount > most - before) {
          nearEnd = true;
          return false;
        }
      } while (!reserved.compareAndSet(before, before + amount));
      if (before + amount >= most - most / 8) {
        nearEnd = true;
      }
      return true;
    }

    void giveBack(int stripe, long amount) {
      left.addAndGet(stripe + place, amount);
    }

    long used() {
      long unused = 0;
      for (int stripe = 0; stripe < STRIPES; stripe++) {
        unused += Math.max(0, left.get(stripe * APART + place));
      }
      return Math.max(0, reserved.get() - unused);
    }
  }
}
