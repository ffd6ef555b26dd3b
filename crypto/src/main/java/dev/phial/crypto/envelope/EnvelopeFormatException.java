package dev.phial.crypto.envelope;

import java.io.Serial;

/** The input is not an envelope, or one of a version that this program does not know. */
public final class EnvelopeFormatException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  EnvelopeFormatException(String message) {
    super(message);
  }
}
