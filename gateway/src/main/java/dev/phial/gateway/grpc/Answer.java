package dev.phial.gateway.grpc;

import dev.phial.gateway.engine.EngineException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers one unary call when a stage completes, on whatever thread that is; and does not even start when the caller has gone.
 *
 * @param <R> the response message
 */
final class Answer<R> {
  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  private final ServerCallStreamObserver<R> observer;
  private final String requestId;

  private Answer(ServerCallStreamObserver<R> observer, String requestId) {
    this.observer = observer;
    this.requestId = requestId;
  }

  static <R> Answer<R> to(StreamObserver<R> observer) {
    ServerCallStreamObserver<R> call = (ServerCallStreamObserver<R>) observer;
    // With a handler, answering a cancelled call is silent instead of an exception.
    call.setOnCancelHandler(() -> {});
    return new Answer<>(call, CallScope.requestId());
  }

  String requestId() {
    return requestId;
  }

  /**
   * Starts {@code work} and answers with what {@code translate} makes of its result; either may throw a status or an {@link
   * EngineException} instead.
   */
  <T> void with(Supplier<CompletionStage<T>> work, Function<T, R> translate) {
    if (observer.isCancelled()) {
      // Cancelled, or its deadline has passed: nobody would see the result, so nothing is revealed.
      return;
    }
    CompletionStage<T> stage;
    try {
      stage = work.get();
    } catch (Throwable failure) {
      fail(failure);
      return;
    }
    stage.whenComplete((result, failure) -> finish(result, failure, translate));
  }

  private <T> void finish(T result, @Nullable Throwable failure, Function<T, R> translate) {
    if (observer.isCancelled()) {
      return;
    }
    if (failure != null) {
      fail(failure);
      return;
    }
    try {
      observer.onNext(translate.apply(result));
      observer.onCompleted();
    } catch (Throwable defect) {
      fail(defect);
    }
  }

  private void fail(Throwable failure) {
    try {
      observer.onError(Failures.status(LOG, failure, requestId));
    } catch (RuntimeException e) {
      LOG.debug("request {}: the call had already been answered", requestId);
    }
  }
}
