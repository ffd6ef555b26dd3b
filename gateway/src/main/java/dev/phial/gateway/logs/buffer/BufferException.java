package dev.phial.gateway.logs.buffer;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The buffer did not take a parcel. The message holds nothing of the parcel. */
public final class BufferException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final boolean full;

  BufferException(boolean full, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.full = full;
  }

  static BufferException full(String name) {
    return new BufferException(true, "the log buffer of " + name + " is full", null);
  }

  /** Whether there is no room, as against a disk that fails. */
  public boolean isFull() {
    return full;
  }
}
