package dev.phial.gateway.grpc;

import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.Masker;
import dev.phial.proto.v1.MaskStreamRequest;
import dev.phial.proto.v1.MaskStreamResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream of events to be masked: one request after the other, and the next only when the answer to the last has been
 * taken. Answers may come on any thread.
 */
final class MaskStream implements StreamObserver<MaskStreamRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(MaskStream.class);

  private final ServerCallStreamObserver<MaskStreamResponse> observer;
  private final Masker masker;
  private final String requestId;
  private boolean pending;
  private boolean wanting;
  private boolean ended;
  private boolean over;

  MaskStream(
      ServerCallStreamObserver<MaskStreamResponse> observer, Masker masker, String requestId) {
    this.observer = observer;
    this.masker = masker;
    this.requestId = requestId;
    observer.disableAutoRequest();
    observer.setOnCancelHandler(() -> {});
    observer.setOnReadyHandler(this::ready);
    observer.request(1);
  }

  private synchronized void ready() {
    if (wanting && observer.isReady()) {
      wanting = false;
      observer.request(1);
    }
  }

  @Override
  public void onNext(MaskStreamRequest request) {
    synchronized (this) {
      pending = true;
    }
    List<LogEvent> events = MaskMessages.events(request.getEventsList());
    var unused =
        mask(events).whenComplete((masked, failure) -> answer(masked, failure, events.size()));
  }

  private CompletionStage<List<Masked>> mask(List<LogEvent> events) {
    try {
      return masker.mask(events);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private synchronized void answer(
      @Nullable List<Masked> masked, @Nullable Throwable failure, int events) {
    pending = false;
    if (over || observer.isCancelled()) {
      return;
    }
    try {
      if (failure != null || masked == null) {
        throw failure == null ? new IllegalStateException("no answer") : failure;
      }
      observer.onNext(MaskStreamResponse.newBuilder()
          .addAllEvents(MaskMessages.masked(MaskingEndpoint.each(masked, events)))
          .build());
    } catch (Throwable e) {
      over = true;
      observer.onError(Failures.status(LOG, e, requestId));
      return;
    }
    if (ended) {
      complete();
    } else if (observer.isReady()) {
      observer.request(1);
    } else {
      wanting = true;
    }
  }

  @Override
  public synchronized void onError(Throwable cancelled) {
    over = true;
  }

  @Override
  public synchronized void onCompleted() {
    ended = true;
    if (!pending && !over) {
      complete();
    }
  }

  private void complete() {
    over = true;
    observer.onCompleted();
  }
}
