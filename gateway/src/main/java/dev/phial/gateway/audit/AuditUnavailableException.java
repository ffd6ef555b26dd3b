package dev.phial.gateway.audit;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The audit log cannot be written. */
public final class AuditUnavailableException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public AuditUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
