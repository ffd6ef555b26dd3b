package dev.phial.gateway.demo;

import java.io.Serial;

/** The demonstration cannot go on. */
final class DemoException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  DemoException(String message, Throwable cause) {
    super(message, cause);
  }
}
