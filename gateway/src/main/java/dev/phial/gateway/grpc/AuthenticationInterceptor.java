package dev.phial.gateway.grpc;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.auth.AuthenticationException;
import dev.phial.gateway.auth.Authenticator;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.identity.Caller;
import dev.phial.gateway.identity.PurposeOfUse;
import dev.phial.proto.v1.RefusalReason;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a call through with a caller and a purpose, or not at all; before any of its message is read. */
final class AuthenticationInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(AuthenticationInterceptor.class);
  private static final Metadata.Key<String> PURPOSE =
      Metadata.Key.of(PurposeOfUse.HEADER, Metadata.ASCII_STRING_MARSHALLER);

  private final String channel;
  private final Authenticator authenticator;
  private final AuditLog audit;

  /** @param channel the channel's name in audit */
  AuthenticationInterceptor(String channel, Authenticator authenticator, AuditLog audit) {
    this.channel = channel;
    this.authenticator = authenticator;
    this.audit = audit;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Call identified;
    try {
      identified = identify(call, headers);
    } catch (StatusRuntimeException refusal) {
      refuse(call, refusal);
      return new ServerCall.Listener<>() {};
    }
    return Contexts.interceptCall(CallScope.withCall(identified), call, headers, next);
  }

  /** Answers once the refusal is recorded (45 CFR 164.308(a)(5)(ii)(C), log-in monitoring). */
  private void refuse(ServerCall<?, ?> call, StatusRuntimeException refusal) {
    String requestId = CallScope.requestId();
    var unused = audit.append(event(call, refusal, requestId)).whenComplete((done, unrecorded) -> {
      StatusRuntimeException answer = unrecorded == null
          ? refusal
          : Refusals.status(
              RefusalReason.REFUSAL_REASON_AUDIT_UNAVAILABLE,
              "the audit log cannot be written; nothing is done without it",
              requestId);
      Metadata trailers = answer.getTrailers();
      call.close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
    });
  }

  private AuditEvent event(
      ServerCall<?, ?> call, StatusRuntimeException refusal, String requestId) {
    return new AuditEvent(
        "refuse",
        "unknown",
        "",
        "",
        channel,
        requestId,
        refusal.getStatus().getCode().name().toLowerCase(Locale.ROOT),
        List.of(),
        Map.of("method", call.getMethodDescriptor().getFullMethodName()));
  }

  private Call identify(ServerCall<?, ?> call, Metadata headers) {
    String requestId = CallScope.requestId();
    try {
      Caller caller = authenticator.authenticate(PeerCredentials.of(headers, call.getAttributes()));
      Optional<String> requested = PeerCredentials.single(headers, PURPOSE);
      String purpose = PurposeOfUse.of(caller, requested).orElseThrow(() -> notAllowed(requestId));
      return new Call(caller, purpose, channel, requestId);
    } catch (AuthenticationException e) {
      LOG.info("request {}: not authenticated: {}", requestId, e.getMessage());
      throw Refusals.status(
          RefusalReason.REFUSAL_REASON_UNAUTHENTICATED, String.valueOf(e.getMessage()), requestId);
    }
  }

  private static StatusRuntimeException notAllowed(String requestId) {
    return Refusals.status(
        RefusalReason.REFUSAL_REASON_PERMISSION_DENIED,
        "the caller may not claim the purpose that the metadata " + PurposeOfUse.HEADER + " names",
        requestId);
  }
}
