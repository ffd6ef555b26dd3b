package dev.phial.gateway.cli.vectors;

import java.io.Serial;

/** A vector file cannot be read or is not understood: nothing of it was asked. The message says where and why. */
public final class VectorFileException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  VectorFileException(String message) {
    super(message);
  }
}
