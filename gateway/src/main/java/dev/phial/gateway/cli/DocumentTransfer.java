package dev.phial.gateway.cli;

import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends one document through a streaming call, from an input to an output, in bounded memory: it reads on when the
 * connection has room, and is read from as fast as the output takes it.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
final class DocumentTransfer<Q, R> implements ClientResponseObserver<Q, R> {
  private static final int PIECE = 256 << 10;

  private final Function<ByteString, Q> request;
  private final Function<R, ByteString> chunk;
  private final OutputStream out;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable ClientCallStreamObserver<Q> call;

  DocumentTransfer(
      Function<ByteString, Q> request, Function<R, ByteString> chunk, OutputStream out) {
    this.request = request;
    this.chunk = chunk;
    this.out = out;
  }

  /**
   * Sends {@code start}, then all of {@code in}; returns when the call has ended well.
   *
   * @throws StatusRuntimeException when it has not
   */
  void run(Function<StreamObserver<R>, StreamObserver<Q>> method, Q start, InputStream in)
      throws IOException {
    StreamObserver<Q> requests = method.apply(this);
    requests.onNext(start);
    byte[] piece = new byte[PIECE];
    for (int got = in.readNBytes(piece, 0, PIECE); got > 0 && room(); ) {
      requests.onNext(request.apply(ByteString.copyFrom(piece, 0, got)));
      got = in.readNBytes(piece, 0, PIECE);
    }
    if (!ended.isDone()) {
      requests.onCompleted();
    }
    await();
    out.flush();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> requests) {
    call = requests;
    requests.setOnReadyHandler(this::wake);
  }

  private synchronized void wake() {
    notifyAll();
  }

  /** Waits for room on the connection; false when the call has ended instead. */
  private synchronized boolean room() {
    while (call != null && !call.isReady() && !ended.isDone()) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        call.cancel("interrupted", e);
        return false;
      }
    }
    return !ended.isDone();
  }

  @Override
  public void onNext(R response) {
    try {
      chunk.apply(response).writeTo(out);
    } catch (IOException e) {
      // Cancels the call; what run() then throws says why.
      ended.completeExceptionally(new UncheckedIOException(e));
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onError(Throwable failure) {
    ended.completeExceptionally(failure);
    wake();
  }

  @Override
  public void onCompleted() {
    ended.complete(null);
    wake();
  }

  private void await() throws IOException {
    try {
      ended.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException unwritable) {
        throw unwritable.getCause();
      }
      throw e.getCause() instanceof StatusRuntimeException status ? status : e;
    }
  }
}
