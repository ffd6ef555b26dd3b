package dev.phial.crypto.envelope;

import java.io.Serial;

/**
 * The envelope was not made with this key for this context, or was changed. There is one reason for all cases: to say
 * more would help whoever probes.
 */
public final class OpenFailedException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public OpenFailedException() {
    super("the ciphertext is not authentic for this key and context");
  }
}
