package dev.phial.gateway.grpc;

import com.google.protobuf.ByteString;
import dev.phial.gateway.engine.DocumentFlow;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One document through a bidirectional call, in bounded memory: the next request is asked for when the one before is worked
 * and what it gave has room on the connection. So a client that does not read is not read from.
 *
 * <p>Steps of the engine complete on its threads, events of the call come on the event loop: all of them take this object's lock.
 *
 * @param <Q> the request message
 * @param <R> the response message
 */
final class StreamCall<Q, R> implements StreamObserver<Q> {
  /** The most bytes of one chunk: what a call may hold at a time is a small multiple of it. */
  static final int MOST_CHUNK = 1 << 20;

  private final ServerCallStreamObserver<R> call;
  private final FlowOpening opening;
  private final Function<Q, StreamPart> parts;
  private final Function<ByteString, R> response;
  private final StreamAnswer<R> answer;
  private @Nullable DocumentFlow flow;
  private boolean started;
  private boolean busy;
  private boolean inputEnded;
  private boolean waitingForRoom;
  private boolean over;

  private StreamCall(
      ServerCallStreamObserver<R> call,
      FlowOpening opening,
      Function<Q, StreamPart> parts,
      Function<ByteString, R> response) {
    this.call = call;
    this.opening = opening;
    this.parts = parts;
    this.response = response;
    this.answer = new StreamAnswer<>(call, CallScope.requestId());
  }

  /** Takes the call over: from here on it is asked for one request at a time. */
  static <Q, R> StreamCall<Q, R> start(
      ServerCallStreamObserver<R> call,
      FlowOpening opening,
      Function<Q, StreamPart> parts,
      Function<ByteString, R> response) {
    StreamCall<Q, R> stream = new StreamCall<>(call, opening, parts, response);
    call.disableAutoRequest();
    call.setOnReadyHandler(stream::room);
    call.setOnCancelHandler(stream::giveUp);
    call.request(1);
    return stream;
  }

  @Override
  public synchronized void onNext(Q request) {
    if (over) {
      return;
    }
    busy = true;
    CompletionStage<Void> step;
    try {
      step = step(parts.apply(request));
    } catch (Throwable failure) {
      step = CompletableFuture.failedFuture(failure);
    }
    var unused = step.whenComplete((done, failure) -> stepped(failure));
  }

  private CompletionStage<Void> step(StreamPart part) {
    if (part instanceof StreamPart.Start start && !started) {
      started = true;
      opening.item(start.item());
      return flowing(ByteBuffer.allocate(0));
    }
    if (part instanceof StreamPart.Chunk chunk && started) {
      if (chunk.bytes().size() > MOST_CHUNK) {
        throw new EngineException(
            RefusalCode.TOO_LARGE,
            "a chunk has at most " + MOST_CHUNK + " bytes; send smaller ones");
      }
      return flowing(ByteBuffer.wrap(chunk.bytes().toByteArray()));
    }
    throw new EngineException(
        RefusalCode.INVALID_VALUE,
        "a stream's first request holds its start, and every other one a chunk");
  }

  /** Opens the way as soon as it can be, and sends {@code input} along it. */
  private CompletionStage<Void> flowing(ByteBuffer input) {
    if (flow != null) {
      return flow.update(input, this::give);
    }
    return opening
        .open(input)
        .map(way -> way.thenCompose(opened -> opened(opened).update(input, this::give)))
        .orElseGet(() -> CompletableFuture.completedFuture(null));
  }

  private synchronized DocumentFlow opened(DocumentFlow way) {
    flow = way;
    return way;
  }

  private synchronized void give(ByteBuffer bytes) {
    if (!over && bytes.hasRemaining()) {
      call.onNext(response.apply(ByteString.copyFrom(bytes)));
    }
  }

  private synchronized void stepped(@Nullable Throwable failure) {
    busy = false;
    if (over) {
      forget(); // given up while the engine was at work
    } else if (failure != null) {
      fail(failure);
    } else if (inputEnded) {
      finish();
    } else if (call.isReady()) {
      call.request(1);
    } else {
      waitingForRoom = true;
    }
  }

  private synchronized void room() {
    if (waitingForRoom && !over) {
      waitingForRoom = false;
      call.request(1);
    }
  }

  @Override
  public synchronized void onCompleted() {
    inputEnded = true;
    if (!busy && !over) {
      finish();
    }
  }

  private void finish() {
    if (flow == null) {
      fail(new EngineException(
          started ? RefusalCode.NOT_AUTHENTIC : RefusalCode.INVALID_VALUE,
          "the stream ended before " + (started ? "the sealed document's header" : "its start")));
      return;
    }
    busy = true;
    var unused = flow.finish(this::give).whenComplete((done, failure) -> finished(failure));
  }

  private synchronized void finished(@Nullable Throwable failure) {
    busy = false;
    if (over) {
      forget();
    } else if (failure != null) {
      fail(failure);
    } else {
      end();
      answer.complete();
    }
  }

  private void fail(Throwable failure) {
    end();
    answer.fail(failure);
  }

  @Override
  public void onError(Throwable cancelled) {
    giveUp();
  }

  private synchronized void giveUp() {
    if (!over) {
      end();
    }
  }

  private void end() {
    over = true;
    if (!busy) {
      forget();
    }
  }

  /** Only while the engine is not at work on the flow, which is for one at a time. */
  private void forget() {
    if (flow != null) {
      flow.abandon();
    }
  }
}
