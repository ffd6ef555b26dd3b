package dev.phial.gateway.keys;

import java.io.Serial;

/** A tenant's keys were destroyed, or will be: trying again does not help. The message says which. */
public final class KeysRetiredException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public KeysRetiredException(String message) {
    super(message);
  }
}
