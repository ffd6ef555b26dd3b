package dev.phial.gateway.cli;

import java.io.Serial;

/** One input could not be masked to its end; others go on. */
final class MaskFailure extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  MaskFailure(String message) {
    super(message);
  }
}
