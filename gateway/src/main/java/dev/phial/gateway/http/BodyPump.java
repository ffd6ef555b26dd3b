package dev.phial.gateway.http;

import dev.phial.gateway.transform.MessageTransformer;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a body to a transformer, a piece at a time, and asks for more only when the last one has been dealt with: the
 * back-pressure between two connections. For one event loop; whatever the transformer does elsewhere comes back to it.
 */
final class BodyPump {

  /** Whoever has the body. Called on the event loop. */
  interface Owner {
    /** Whether more may be asked for. */
    boolean ready();

    /** Asks for more of the body. */
    void more();

    /** Everything has been emitted. */
    void done();

    /** The body cannot be accepted. */
    void failed(Throwable failure);
  }

  private final MessageTransformer transformer;
  private final Executor loop;
  private final Owner owner;
  private final Deque<ByteBuf> waiting = new ArrayDeque<>();
  private boolean pending;
  private boolean ended;
  private boolean over;

  BodyPump(MessageTransformer transformer, Executor loop, Owner owner) {
    this.transformer = transformer;
    this.loop = loop;
    this.owner = owner;
  }

  void add(ByteBuf bytes) {
    if (over) {
      bytes.release();
    } else {
      waiting.add(bytes);
      pump();
    }
  }

  void end() {
    ended = true;
    pump();
  }

  /** Goes on, when nothing is pending. */
  void pump() {
    if (pending || over) {
      return;
    }
    ByteBuf next = waiting.poll();
    if (next != null) {
      await(feed(next), this::pump);
    } else if (ended) {
      await(transformer.end(), this::done);
    } else if (owner.ready()) {
      owner.more();
    }
  }

  private CompletionStage<Void> feed(ByteBuf next) {
    try {
      return transformer.feed(next.nioBuffer());
    } finally {
      next.release();
    }
  }

  private void await(CompletionStage<Void> stage, Runnable then) {
    pending = true;
    // Always through the loop's queue: what was emitted before the stage completed is in it
    // already, and stays first.
    var unused =
        stage.whenComplete((nothing, failure) -> loop.execute(() -> completed(failure, then)));
  }

  private void completed(@Nullable Throwable failure, Runnable then) {
    pending = false;
    if (over) {
      return;
    }
    if (failure == null) {
      then.run();
    } else {
      abort();
      owner.failed(failure);
    }
  }

  private void done() {
    over = true;
    owner.done();
  }

  /** Gives up. */
  void abort() {
    if (!over) {
      over = true;
      transformer.abort();
      waiting.forEach(ByteBuf::release);
      waiting.clear();
    }
  }
}
