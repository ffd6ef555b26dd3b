package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.EngineException;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;

/** What is answered to whatever made a call fail. */
final class Failures {
  private Failures() {}

  static StatusRuntimeException status(Logger log, Throwable failure, String requestId) {
    Throwable cause = failure;
    while (cause instanceof CompletionException wrapper && wrapper.getCause() != null) {
      cause = wrapper.getCause();
    }
    if (cause instanceof StatusRuntimeException status) {
      return status;
    }
    return cause instanceof EngineException refused
        ? Refusals.status(refused, requestId)
        : Defects.report(log, requestId, cause);
  }
}
