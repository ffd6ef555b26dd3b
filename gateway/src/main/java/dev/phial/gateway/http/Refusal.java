package dev.phial.gateway.http;

import java.io.Serial;

/** A request or response that goes no further. The message says what to do and never holds a value. */
final class Refusal extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param status the HTTP status of the answer
   * @param code the kind of refusal in lower case with hyphens, for machines, audit and metrics
   * @param message what is wrong and what to do
   */
  Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    return String.valueOf(getMessage());
  }
}
