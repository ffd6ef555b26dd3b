package dev.phial.kms;

import java.io.Serial;

/** The KMS knows the KEK but does not let us use it: credentials, passphrase, permissions, or a disabled key. */
public final class AccessDeniedException extends KmsException {
  @Serial
  private static final long serialVersionUID = 1L;

  public AccessDeniedException(String message) {
    super(message);
  }

  public AccessDeniedException(String message, Throwable cause) {
    super(message, cause);
  }
}
