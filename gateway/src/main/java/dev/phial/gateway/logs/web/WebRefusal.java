package dev.phial.gateway.logs.web;

import dev.phial.gateway.logs.intake.IntakeException;
import java.io.Serial;
import java.util.concurrent.CompletionException;

/** A request is refused. The message is for its sender, and holds nothing of the request. */
final class WebRefusal extends RuntimeException {
  @Serial
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /** @param code a short name for metrics */
  WebRefusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  static WebRefusal malformed(String message) {
    return new WebRefusal(400, "malformed", message);
  }

  /** A failure as a refusal. */
  static WebRefusal of(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof WebRefusal refusal) {
      return refusal;
    }
    if (cause instanceof IntakeException refused) {
      String message = String.valueOf(refused.getMessage());
      return switch (refused.reason()) {
        case MASKING -> new WebRefusal(503, "masking", message);
        case FULL -> new WebRefusal(429, "full", message);
        case DISK -> new WebRefusal(503, "disk", message);
      };
    }
    return new WebRefusal(500, "internal", "internal error");
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
