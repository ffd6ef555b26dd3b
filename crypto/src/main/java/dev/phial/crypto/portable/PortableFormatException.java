package dev.phial.crypto.portable;

import java.io.Serial;

/** The input is not a message of the AWS Encryption SDK, or one of a suite or shape that this program does not take. */
public final class PortableFormatException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  PortableFormatException(String message) {
    super(message);
  }
}
