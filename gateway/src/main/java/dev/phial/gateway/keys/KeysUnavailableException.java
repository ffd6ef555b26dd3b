package dev.phial.gateway.keys;

import java.io.Serial;

/** Keys cannot be had at this moment. The message names the KMS or store and the setting to look at. */
public final class KeysUnavailableException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public KeysUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
