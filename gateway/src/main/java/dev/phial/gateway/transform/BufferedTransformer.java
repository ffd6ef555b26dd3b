package dev.phial.gateway.transform;

import dev.phial.gateway.transform.TransformException.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Collects one body up to the limit and rewrites it when it has ended, so that nothing is emitted before everything has
 * succeeded. A streaming transformer replaces this class.
 *
 * <p>An empty body is passed through as it is: there is nothing in it to protect. Whether a body may be empty is the
 * receiver's matter.
 */
final class BufferedTransformer implements MessageTransformer {
  private final TransformLimits limits;
  private final Executor large;
  private final Sink sink;
  private final BodyRewriter rewriter;
  private @Nullable Collected collected = new Collected();
  private volatile boolean aborted;

  BufferedTransformer(TransformLimits limits, Executor large, Sink sink, BodyRewriter rewriter) {
    this.limits = limits;
    this.large = large;
    this.sink = sink;
    this.rewriter = rewriter;
  }

  @Override
  public CompletionStage<Void> feed(ByteBuffer chunk) {
    Collected body = collected;
    if (body == null) {
      return closed();
    }
    if (chunk.remaining() > limits.documentBytes() - body.size()) {
      abort();
      return CompletableFuture.failedFuture(new TransformException(
          Reason.TOO_LARGE, "the body has more than " + limits.documentBytes() + " bytes"));
    }
    body.append(chunk);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Void> end() {
    Collected body = collected;
    if (body == null) {
      return closed();
    }
    collected = null;
    if (body.size() == 0) {
      return CompletableFuture.completedFuture(null);
    }
    return rewritten(body.take()).thenAccept(this::emit);
  }

  private CompletionStage<byte[]> rewritten(byte[] body) {
    return body.length <= BodyTransformers.LARGE ? guarded(body, Runnable::run) : elsewhere(body);
  }

  private CompletionStage<byte[]> elsewhere(byte[] body) {
    try {
      return CompletableFuture.supplyAsync(() -> body, large)
          .thenCompose(whole -> guarded(whole, large));
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new TransformException(
          Reason.UNAVAILABLE,
          "too many large bodies at a time, or the gateway is stopping; try again"));
    }
  }

  /** The FIPS module throws some refusals as {@link AssertionError}: none may kill the thread that works. */
  private CompletionStage<byte[]> guarded(byte[] body, Executor on) {
    try {
      return rewriter.rewrite(body, on);
    } catch (TransformException e) {
      return CompletableFuture.failedFuture(e);
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedFuture(new TransformException(
          Reason.INTERNAL, "the body could not be worked on: " + e.getClass().getSimpleName()));
    }
  }

  private void emit(byte[] rewritten) {
    if (!aborted) {
      sink.emit(ByteBuffer.wrap(rewritten));
    }
  }

  private static CompletionStage<Void> closed() {
    return CompletableFuture.failedFuture(
        new TransformException(Reason.INTERNAL, "the body has already ended"));
  }

  @Override
  public void abort() {
    aborted = true;
    collected = null;
  }

  /** A growing array that can be taken without another copy when it is full, and is wiped when it is not. */
  private static final class Collected extends ByteArrayOutputStream {
    void append(ByteBuffer chunk) {
      byte[] bytes = new byte[chunk.remaining()];
      chunk.get(bytes);
      write(bytes, 0, bytes.length);
    }

    byte[] take() {
      byte[] taken = count == buf.length ? buf : Arrays.copyOf(buf, count);
      if (taken != buf) {
        Arrays.fill(buf, 0, count, (byte) 0);
      }
      return taken;
    }
  }
}
