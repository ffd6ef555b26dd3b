package dev.phial.kms;

import java.io.Serial;

/** The KMS cannot be reached, is too slow, throttles us, or was closed. Says nothing about the key. */
public final class KmsUnavailableException extends KmsException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final boolean retryable;

  private KmsUnavailableException(String message, Throwable cause, boolean retryable) {
    super(message, cause);
    this.retryable = retryable;
  }

  private KmsUnavailableException(String message, boolean retryable) {
    super(message);
    this.retryable = retryable;
  }

  /** A passing fault: time-out, throttling, a lost connection. */
  public static KmsUnavailableException passing(String message) {
    return new KmsUnavailableException(message, true);
  }

  /** A passing fault: time-out, throttling, a lost connection. */
  public static KmsUnavailableException passing(String message, Throwable cause) {
    return new KmsUnavailableException(message, cause, true);
  }

  /** A fault that stays until somebody acts: a closed adapter, a file that cannot be read. */
  public static KmsUnavailableException lasting(String message) {
    return new KmsUnavailableException(message, false);
  }

  /** A fault that stays until somebody acts: a closed adapter, a file that cannot be read. */
  public static KmsUnavailableException lasting(String message, Throwable cause) {
    return new KmsUnavailableException(message, cause, false);
  }

  @Override
  public boolean retryable() {
    return retryable;
  }
}
