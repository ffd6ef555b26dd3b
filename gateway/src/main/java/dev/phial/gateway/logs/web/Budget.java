package dev.phial.gateway.logs.web;

import java.util.concurrent.atomic.AtomicLong;

/** What the bodies of a receiver's requests may take in memory together. Thread-safe. */
final class Budget {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  Budget(long most) {
    this.most = most;
  }

  boolean reserve(int bytes) {
    if (taken.addAndGet(bytes) > most) {
      taken.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  void free(int bytes) {
    taken.addAndGet(-bytes);
  }
}
