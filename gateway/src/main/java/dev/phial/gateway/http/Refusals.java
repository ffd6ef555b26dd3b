package dev.phial.gateway.http;

import dev.phial.gateway.audit.AuditUnavailableException;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.transform.TransformException;
import java.util.concurrent.CompletionException;

/** The one place where other packages' refusals become statuses. */
final class Refusals {
  private Refusals() {}

  /** A failure on the way to the upstream. */
  static Refusal ofRequest(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof TransformException refused) {
      return request(refused.reason(), String.valueOf(refused.getMessage()));
    }
    if (cause instanceof EngineException engine) {
      return ofEngine(engine.code(), String.valueOf(engine.getMessage()));
    }
    return other(cause);
  }

  /** A failure on the way back. The upstream has done what was asked by then. */
  static Refusal ofResponse(Throwable failure) {
    Throwable cause = cause(failure);
    return cause instanceof TransformException refused
        ? response(refused.reason(), String.valueOf(refused.getMessage()))
        : other(cause);
  }

  private static Refusal other(Throwable cause) {
    if (cause instanceof Refusal refusal) {
      return refusal;
    }
    if (cause instanceof AuditUnavailableException) {
      return new Refusal(
          503, "audit-unavailable", "the audit log cannot be written; nothing is done without it");
    }
    return internal();
  }

  static Refusal internal() {
    return new Refusal(500, "internal", "the gateway failed; see its log under the request id");
  }

  private static Refusal request(TransformException.Reason reason, String message) {
    return switch (reason) {
      case MALFORMED -> new Refusal(400, "malformed-body", message);
      case TOO_LARGE -> new Refusal(413, "too-large", message);
      case INVALID_VALUE -> new Refusal(422, "invalid-value", message);
      case NOT_AUTHENTIC -> new Refusal(422, "not-authentic", message);
      case PERMISSION_DENIED -> new Refusal(403, "permission-denied", message);
      case UNAVAILABLE -> new Refusal(503, "unavailable", message);
      case INTERNAL -> new Refusal(500, "internal", message);
    };
  }

  private static Refusal response(TransformException.Reason reason, String message) {
    String text = "the upstream's answer cannot be given: " + message;
    return switch (reason) {
      case MALFORMED -> new Refusal(502, "upstream-malformed-body", text);
      case TOO_LARGE -> new Refusal(502, "upstream-too-large", text);
      case INVALID_VALUE, NOT_AUTHENTIC -> new Refusal(502, "not-authentic", text);
      case PERMISSION_DENIED -> new Refusal(403, "permission-denied", text);
      case UNAVAILABLE -> new Refusal(503, "unavailable", text);
      case INTERNAL -> new Refusal(500, "internal", text);
    };
  }

  static Refusal ofEngine(RefusalCode code, String message) {
    return switch (code) {
      case INVALID_VALUE -> new Refusal(422, "invalid-value", message);
      case NOT_AUTHENTIC, KEY_RETIRED, TOKEN_RETIRED -> new Refusal(422, "not-authentic", message);
      case PERMISSION_DENIED -> new Refusal(403, "permission-denied", message);
      case TOO_LARGE -> new Refusal(413, "too-large", message);
      case KEYS_UNAVAILABLE, STORE_UNAVAILABLE, AUDIT_UNAVAILABLE ->
        new Refusal(503, "unavailable", message);
      case UNKNOWN_ELEMENT, KEY_STATE, PROPOSAL_STATE, INTERNAL ->
        new Refusal(500, "internal", message);
    };
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
