package dev.phial.kms;

import java.io.Serial;

/** The KEK, or the version of it that wrapped a key, does not exist in this KMS. */
public final class KeyNotFoundException extends KmsException {
  @Serial
  private static final long serialVersionUID = 1L;

  public KeyNotFoundException(String message) {
    super(message);
  }

  public KeyNotFoundException(String message, Throwable cause) {
    super(message, cause);
  }
}
