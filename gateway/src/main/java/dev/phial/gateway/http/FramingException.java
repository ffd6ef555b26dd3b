package dev.phial.gateway.http;

import java.io.Serial;

/** A message whose framing is in doubt. The connection is of no further use. */
final class FramingException extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final int status;

  private FramingException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** A defect, with the section of an RFC that has the rule. */
  static FramingException of(String rule, String defect) {
    return new FramingException(400, defect + " (RFC " + rule + ")");
  }

  static FramingException of(int status, String defect) {
    return new FramingException(status, defect);
  }

  /** The status with which a request is refused. */
  int status() {
    return status;
  }
}
