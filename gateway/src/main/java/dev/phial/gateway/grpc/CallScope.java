package dev.phial.gateway.grpc;

import dev.phial.gateway.identity.Call;
import io.grpc.Context;
import io.grpc.Metadata;

/** What the interceptors know of a call and pass on in its {@link Context}. */
final class CallScope {
  /** Metadata of every answer: the id under which audit and log know the call. */
  static final Metadata.Key<String> REQUEST_ID_KEY =
      Metadata.Key.of("phial-request-id", Metadata.ASCII_STRING_MARSHALLER);

  private static final Context.Key<String> REQUEST_ID = Context.key("phial-request-id");
  private static final Context.Key<Call> CALL = Context.key("phial-call");

  private CallScope() {}

  static Context withRequestId(String requestId) {
    return Context.current().withValue(REQUEST_ID, requestId);
  }

  static Context withCall(Call call) {
    return Context.current().withValue(CALL, call);
  }

  static String requestId() {
    String id = REQUEST_ID.get();
    return id == null ? "" : id;
  }

  /** The authenticated call. Its absence means that a service was registered without authentication: a defect. */
  static Call call() {
    Call call = CALL.get();
    if (call == null) {
      throw new IllegalStateException("a service that needs a caller was reached without one");
    }
    return call;
  }
}
