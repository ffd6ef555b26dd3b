package dev.phial.kms;

import java.io.Serial;

/** The wrapped bytes are not what this KMS made for this context: tampered, truncated, or another tenant's. One dull message for
 * all of these, so that nobody learns which. */
public final class InvalidWrappedKeyException extends KmsException {
  @Serial
  private static final long serialVersionUID = 1L;

  public InvalidWrappedKeyException(String message) {
    super(message);
  }

  public InvalidWrappedKeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
