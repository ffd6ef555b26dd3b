package dev.phial.crypto.token.layout;

import java.io.Serial;

/** A pattern cannot be read. The message lists every problem with its place. */
public final class PatternException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  PatternException(String message) {
    super(message);
  }
}
