package dev.phial.gateway.grpc;

import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;

/**
 * Logs a defect by type and place only: the message of an exception that we did not write may hold a value.
 */
final class Defects {
  private static final int FRAMES = 12;

  private Defects() {}

  /** Logs it and gives the answer for the caller. */
  static StatusRuntimeException report(Logger log, String requestId, Throwable defect) {
    log.error("request {}: {}", requestId, describe(defect));
    return Refusals.internal(requestId);
  }

  private static String describe(Throwable defect) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = defect;
        cause != null && text.length() < 8_192;
        cause = cause.getCause()) {
      text.append(cause == defect ? "" : "; caused by ").append(cause.getClass().getName());
      StackTraceElement[] frames = cause.getStackTrace();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        text.append(" < ").append(frames[i]);
      }
    }
    return text.toString();
  }
}
