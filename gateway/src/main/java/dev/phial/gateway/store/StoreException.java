package dev.phial.gateway.store;

import java.io.Serial;

/** The store cannot be opened, read or written. The message names the file and what to do. */
public final class StoreException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
