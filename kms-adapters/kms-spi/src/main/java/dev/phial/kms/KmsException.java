package dev.phial.kms;

import java.io.Serial;

/**
 * Why a KMS did not do what was asked. The message names the KMS, the KEK or the setting and says what to do; it never
 * holds key bytes.
 */
public abstract sealed class KmsException extends RuntimeException
    permits KeyNotFoundException,
        AccessDeniedException,
        KmsUnavailableException,
        InvalidWrappedKeyException {
  @Serial
  private static final long serialVersionUID = 1L;

  KmsException(String message) {
    super(message);
  }

  KmsException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether the same call may succeed later without anyone changing anything. */
  public boolean retryable() {
    return false;
  }
}
