package dev.phial.gateway.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The way of one document through the engine. For one user at a time: the next call, {@link #abandon} included, comes after the
 * stage of the one before has completed.
 *
 * <p>Stages fail with an {@link EngineException}; after that only {@code abandon} is of use. Nothing is given out that is not
 * authentic.
 */
public interface DocumentFlow {

  /** The version of the key that seals or sealed the document. */
  int keyVersion();

  /**
   * Takes all of {@code in}, and gives {@code out} what that completes; the buffers given are valid during the call only. The
   * first call's output begins with the sealed document's header.
   */
  CompletionStage<Void> update(ByteBuffer in, Consumer<ByteBuffer> out);

  /** Says that all came; gives {@code out} the rest. Only when this completes normally is the document whole. */
  CompletionStage<Void> finish(Consumer<ByteBuffer> out);

  /** Gives up, and forgets keys. Safe to call again, and after the end. */
  void abandon();
}
