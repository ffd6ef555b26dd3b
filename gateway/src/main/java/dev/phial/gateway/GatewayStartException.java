package dev.phial.gateway;

import java.io.Serial;

/** The gateway cannot start. The message says which part refuses, and what to do. */
public final class GatewayStartException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  GatewayStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
