package dev.phial.gateway.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of a streaming call, told once.
 *
 * @param <R> the response message
 */
final class StreamAnswer<R> {
  private static final Logger LOG = LoggerFactory.getLogger(StreamAnswer.class);

  private final ServerCallStreamObserver<R> call;
  private final String requestId;

  StreamAnswer(ServerCallStreamObserver<R> call, String requestId) {
    this.call = call;
    this.requestId = requestId;
  }

  void complete() {
    if (!call.isCancelled()) {
      call.onCompleted();
    }
  }

  void fail(Throwable failure) {
    if (call.isCancelled()) {
      return;
    }
    try {
      call.onError(Failures.status(LOG, failure, requestId));
    } catch (RuntimeException e) {
      LOG.debug("request {}: the call had already been answered", requestId);
    }
  }
}
