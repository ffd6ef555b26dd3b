package dev.phial.crypto.token;

import java.io.Serial;

/** A format cannot be used. The message is for the author of the policy and says what to write instead. */
public final class TokenFormatException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public TokenFormatException(String message) {
    super(message);
  }
}
