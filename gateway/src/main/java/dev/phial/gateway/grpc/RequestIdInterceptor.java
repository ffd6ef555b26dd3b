package dev.phial.gateway.grpc;

import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.function.Supplier;

/** Gives each call an id of the gateway's own making, and tells it in the answer's metadata, whether it succeeds or fails. */
final class RequestIdInterceptor implements ServerInterceptor {
  private final Supplier<String> ids;

  RequestIdInterceptor(Supplier<String> ids) {
    this.ids = ids;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String id = ids.get();
    return Contexts.interceptCall(
        CallScope.withRequestId(id), new Identified<>(call, id), headers, next);
  }

  private static final class Identified<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private final String id;
    private boolean told;

    Identified(ServerCall<Q, R> call, String id) {
      super(call);
      this.id = id;
    }

    @Override
    public void sendHeaders(Metadata headers) {
      headers.put(CallScope.REQUEST_ID_KEY, id);
      told = true;
      super.sendHeaders(headers);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!told) {
        trailers.put(CallScope.REQUEST_ID_KEY, id);
      }
      super.close(status, trailers);
    }
  }
}
