package dev.phial.crypto.key;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what is protected under one key, over all threads, and refuses what would be over the limit (threat T3). Never over;
 * under by what stripes have reserved and not used, less than one part in 64.
 *
 * <p>A thread takes from a stripe of its own, which reserves blocks of the limit: two uncontended additions for a message.
 * Thread-safe.
 */
public final class KeyUsage {
  private static final int STRIPES =
      Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2);
  private static final int BLOCKS = 64;
  /** Longs between stripes: two cache lines. */
  private static final int APART = 16;

  private final String key;
  private final UsageLimit limit;
  private final Budget messages;
  private final Budget bytes;

  KeyUsage(String key, UsageLimit limit) {
    this.key = key;
    this.limit = limit;
    this.messages = new Budget(limit.messages());
    this.bytes = new Budget(limit.bytes());
  }

  /**
   * Counts one message.
   *
   * @throws KeyUsedUpException when it would be over the limit; then it must not be protected
   */
  public void take(long length) {
    take(1, length);
  }

  /** Counts {@code count} messages of {@code length} bytes together; otherwise as {@link #take(long)}. */
  public void take(long count, long length) {
    int stripe = ((int) Thread.currentThread().getId() & (STRIPES - 1)) * APART;
    if (!messages.take(stripe, count)) {
      throw new KeyUsedUpException(key, limit);
    }
    if (!bytes.take(stripe, length)) {
      messages.giveBack(stripe, count);
      throw new KeyUsedUpException(key, limit);
    }
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

  public UsageLimit limit() {
    return limit;
  }

  private static final class Budget {
    private final long limit;
    private final long block;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLongArray left = new AtomicLongArray(STRIPES * APART);
    private volatile boolean nearEnd;

    Budget(long limit) {
      this.limit = limit;
      this.block = Math.max(1, limit / ((long) STRIPES * BLOCKS));
    }

    boolean take(int stripe, long amount) {
      long after = left.addAndGet(stripe, -amount);
      return after >= 0 || refill(stripe, amount, Math.min(amount, -after));
    }

    /** The stripe owes {@code missing} of {@code amount} by now: it gets that, and more when there is more. */
    private boolean refill(int stripe, long amount, long missing) {
      long wanted = Math.max(missing, block);
      long got = reserve(wanted) ? wanted : reserve(missing) ? missing : 0;
      left.addAndGet(stripe, got == 0 ? amount : got);
      return got > 0;
    }

    private boolean reserve(long amount) {
      long before;
      do {
        before = reserved.get();
        if (amount > limit - before) {
          nearEnd = true;
          return false;
        }
      } while (!reserved.compareAndSet(before, before + amount));
      if (before + amount >= limit - limit / 8) {
        nearEnd = true;
      }
      return true;
    }

    void giveBack(int stripe, long amount) {
      left.addAndGet(stripe, amount);
    }

    long used() {
      long unused = 0;
      for (int stripe = 0; stripe < STRIPES; stripe++) {
        unused += Math.max(0, left.get(stripe * APART));
      }
      return Math.max(0, reserved.get() - unused);
    }
  }
}
