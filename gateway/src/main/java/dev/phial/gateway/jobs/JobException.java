package dev.phial.gateway.jobs;

import java.io.Serial;

/** A job cannot be started, found or ended as was asked. The message says what to do. */
public final class JobException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  JobException(String message) {
    super(message);
  }
}
