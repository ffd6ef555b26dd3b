package dev.phial.gateway.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nothing thrown by a call gets out of it: neither an exception nor an {@code Error}, which the cryptographic module throws for some of
 * its refusals. The caller learns the request id and no more; the server lives on.
 */
final class GuardInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(GuardInterceptor.class);

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    String requestId = CallScope.requestId();
    try {
      return new Guarded<>(next.startCall(call, headers), call, requestId);
    } catch (Throwable defect) {
      fail(call, requestId, defect);
      return new ServerCall.Listener<>() {};
    }
  }

  private static void fail(ServerCall<?, ?> call, String requestId, Throwable defect) {
    StatusRuntimeException answer = Defects.report(LOG, requestId, defect);
    Metadata trailers = answer.getTrailers();
    try {
      call.close(answer.getStatus(), trailers == null ? new Metadata() : trailers);
    } catch (IllegalStateException alreadyClosed) {
      LOG.debug("request {}: the call had already been answered", requestId);
    }
  }

  private static final class Guarded<Q> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, ?> call;
    private final String requestId;

    Guarded(ServerCall.Listener<Q> listener, ServerCall<Q, ?> call, String requestId) {
      super(listener);
      this.call = call;
      this.requestId = requestId;
    }

    @Override
    public void onMessage(Q message) {
      guard(() -> super.onMessage(message));
    }

    @Override
    public void onHalfClose() {
      guard(super::onHalfClose);
    }

    @Override
    public void onReady() {
      guard(super::onReady);
    }

    @Override
    public void onCancel() {
      guard(super::onCancel);
    }

    @Override
    public void onComplete() {
      guard(super::onComplete);
    }

    private void guard(Runnable step) {
      try {
        step.run();
      } catch (Throwable defect) {
        fail(call, requestId, defect);
      }
    }
  }
}
