package dev.phial.gateway.transform;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * Rewrites one message body in one direction, chunk by chunk. It may emit to its {@link Sink} at any time, on any thread,
 * and it pushes back: the next chunk may be given only when the stage of the last one has completed.
 *
 * <p>A stage fails with a {@link TransformException} when the message cannot be accepted; after that nothing more is
 * emitted and the message must not be forwarded.
 *
 * <p>Calls must not overlap. Implementations never block.
 */
public interface MessageTransformer {

  /** Takes a chunk; the buffer is the transformer's only until the call returns. */
  CompletionStage<Void> feed(ByteBuffer chunk);

  /** The body has ended. The stage completes when everything has been emitted. */
  CompletionStage<Void> end();

  /** Gives up: releases what is held. Safe at any time, any number of times. */
  void abort();

  /** Where rewritten bytes go. */
  @FunctionalInterface
  interface Sink {
    /** Takes rewritten bytes, in order; owns the buffer. */
    void emit(ByteBuffer bytes);
  }
}
