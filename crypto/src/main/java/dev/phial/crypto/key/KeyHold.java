package dev.phial.crypto.key;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps a data key usable for an operation that is under way, although it may be {@linkplain DataKey#retire retired} meanwhile.
 * Thread-safe; closing twice is closing once.
 */
public final class KeyHold implements AutoCloseable {
  private final DataKey key;
  private final AtomicBoolean over = new AtomicBoolean();

  KeyHold(DataKey key) {
    this.key = key;
  }

  @Override
  public void close() {
    if (over.compareAndSet(false, true)) {
      key.letGo();
    }
  }
}
