package dev.phial.gateway.grpc;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.Outcome;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.proto.v1.Refusal;
import dev.phial.proto.v1.RefusalReason;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.regex.Pattern;

/** The one place where refusals become gRPC statuses and protocol reasons. */
final class Refusals {
  private static final String DOMAIN = "phial.dev";
  // Other names come from the caller and may hold anything: they are not repeated.
  private static final Pattern ELEMENT = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  private Refusals() {}

  /** The refusal of one item of a batch. */
  static Refusal of(Outcome.Refused refused) {
    return Refusal.newBuilder()
        .setReason(reason(refused.code()))
        .setMessage(refused.message())
        .build();
  }

  /** The refusal of a call about one element. */
  static StatusRuntimeException status(Outcome.Refused refused, String element, String requestId) {
    return status(reason(refused.code()), refused.message(), element, requestId);
  }

  static StatusRuntimeException status(EngineException failure, String requestId) {
    return status(reason(failure.code()), String.valueOf(failure.getMessage()), "", requestId);
  }

  static StatusRuntimeException status(RefusalReason reason, String message, String requestId) {
    return status(reason, message, "", requestId);
  }

  /** A defect of ours. What it was is in the log only. */
  static StatusRuntimeException internal(String requestId) {
    return status(
        RefusalReason.REFUSAL_REASON_INTERNAL,
        "the gateway failed; its log has the details under this request id",
        requestId);
  }

  private static StatusRuntimeException status(
      RefusalReason reason, String message, String element, String requestId) {
    ErrorInfo.Builder info = ErrorInfo.newBuilder()
        .setReason(reason.name().substring("REFUSAL_REASON_".length()))
        .setDomain(DOMAIN)
        .putMetadata("request_id", requestId);
    if (ELEMENT.matcher(element).matches()) {
      info.putMetadata("element", element);
    }
    return StatusProto.toStatusRuntimeException(Status.newBuilder()
        .setCode(code(reason).value())
        .setMessage(message)
        .addDetails(Any.pack(info.build()))
        .build());
  }

  private static RefusalReason reason(RefusalCode code) {
    return switch (code) {
      case UNKNOWN_ELEMENT -> RefusalReason.REFUSAL_REASON_UNKNOWN_ELEMENT;
      case INVALID_VALUE -> RefusalReason.REFUSAL_REASON_INVALID_VALUE;
      case NOT_AUTHENTIC -> RefusalReason.REFUSAL_REASON_NOT_AUTHENTIC;
      case KEY_RETIRED -> RefusalReason.REFUSAL_REASON_KEY_RETIRED;
      case TOKEN_RETIRED -> RefusalReason.REFUSAL_REASON_TOKEN_RETIRED;
      case STORE_UNAVAILABLE -> RefusalReason.REFUSAL_REASON_STORE_UNAVAILABLE;
      case PERMISSION_DENIED -> RefusalReason.REFUSAL_REASON_PERMISSION_DENIED;
      case TOO_LARGE -> RefusalReason.REFUSAL_REASON_TOO_LARGE;
      case KEYS_UNAVAILABLE -> RefusalReason.REFUSAL_REASON_KEYS_UNAVAILABLE;
      case AUDIT_UNAVAILABLE -> RefusalReason.REFUSAL_REASON_AUDIT_UNAVAILABLE;
      case KEY_STATE -> RefusalReason.REFUSAL_REASON_KEY_STATE;
      case PROPOSAL_STATE -> RefusalReason.REFUSAL_REASON_PROPOSAL_STATE;
      case INTERNAL -> RefusalReason.REFUSAL_REASON_INTERNAL;
    };
  }

  private static Code code(RefusalReason reason) {
    return switch (reason) {
      case REFUSAL_REASON_UNKNOWN_ELEMENT,
          REFUSAL_REASON_INVALID_VALUE,
          REFUSAL_REASON_NOT_AUTHENTIC -> Code.INVALID_ARGUMENT;
      case REFUSAL_REASON_KEY_RETIRED,
          REFUSAL_REASON_TOKEN_RETIRED,
          REFUSAL_REASON_KEY_STATE,
          REFUSAL_REASON_PROPOSAL_STATE -> Code.FAILED_PRECONDITION;
      case REFUSAL_REASON_PERMISSION_DENIED -> Code.PERMISSION_DENIED;
      case REFUSAL_REASON_TOO_LARGE -> Code.RESOURCE_EXHAUSTED;
      case REFUSAL_REASON_KEYS_UNAVAILABLE,
          REFUSAL_REASON_STORE_UNAVAILABLE,
          REFUSAL_REASON_AUDIT_UNAVAILABLE -> Code.UNAVAILABLE;
      case REFUSAL_REASON_UNAUTHENTICATED -> Code.UNAUTHENTICATED;
      case REFUSAL_REASON_INTERNAL, REFUSAL_REASON_UNSPECIFIED, UNRECOGNIZED -> Code.INTERNAL;
    };
  }
}
