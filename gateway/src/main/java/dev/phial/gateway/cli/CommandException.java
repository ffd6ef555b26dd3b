package dev.phial.gateway.cli;

import java.io.Serial;

/** A command cannot go on: one line for standard error and an exit code. */
final class CommandException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  CommandException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
