package dev.phial.gateway.grpc;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client's side of a streaming call: collects what comes, and reads only when it is told to if it is a slow one.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
final class DocumentCall<Q, R> implements ClientResponseObserver<Q, R> {
  private static final long PATIENCE_SECONDS = 60;

  private final Function<R, ByteString> chunk;
  private final boolean slow;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final CompletableFuture<Void> first = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<Q> call;

  private DocumentCall(Function<R, ByteString> chunk, boolean slow) {
    this.chunk = chunk;
    this.slow = slow;
  }

  static <Q, R> DocumentCall<Q, R> reading(Function<R, ByteString> chunk) {
    return new DocumentCall<>(chunk, false);
  }

  static <Q, R> DocumentCall<Q, R> notReading(Function<R, ByteString> chunk) {
    return new DocumentCall<>(chunk, true);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> requests) {
    call = requests;
    if (slow) {
      requests.disableAutoRequestWithInitial(0);
    }
  }

  ClientCallStreamObserver<Q> call() {
    return Objects.requireNonNull(call);
  }

  @Override
  public synchronized void onNext(R response) {
    received.writeBytes(chunk.apply(response).toByteArray());
    first.complete(null);
  }

  synchronized int size() {
    return received.size();
  }

  CompletableFuture<Void> first() {
    return first;
  }

  CompletableFuture<Void> ended() {
    return ended;
  }

  @Override
  public void onError(Throwable failure) {
    ended.completeExceptionally(failure);
  }

  @Override
  public void onCompleted() {
    ended.complete(null);
  }

  /** Everything that came by the proper end. */
  byte[] whole() throws Exception {
    ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    synchronized (this) {
      return received.toByteArray();
    }
  }

  /** How it failed. */
  Failure failure() {
    return Failure.of(() -> {
      try {
        ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw Objects.requireNonNull(e.getCause());
      }
      throw Status.OK.asRuntimeException();
    });
  }

  static <Q> void sendAll(StreamObserver<Q> requests, Iterable<Q> messages) {
    messages.forEach(requests::onNext);
    requests.onCompleted();
  }
}
