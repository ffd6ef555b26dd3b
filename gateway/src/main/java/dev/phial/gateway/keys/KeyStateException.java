package dev.phial.gateway.keys;

import java.io.Serial;

/** A change does not fit the state that the keyset is in. The message says what to do first. */
public final class KeyStateException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public KeyStateException(String message) {
    super(message);
  }
}
