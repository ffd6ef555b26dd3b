package dev.phial.gateway.auth;

import java.io.Serial;

/** The peer did not prove who it is. */
public final class AuthenticationException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  public AuthenticationException(String message) {
    super(message);
  }
}
