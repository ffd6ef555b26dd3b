package dev.phial.crypto.envelope;

import java.nio.ByteBuffer;

/**
 * Takes bytes as they become ready.
 *
 * @param <E> what it may throw
 */
@FunctionalInterface
public interface ByteSink<E extends Exception> {
  /** Takes what remains of {@code bytes}. The buffer is the giver's: it holds something else after the call. */
  void accept(ByteBuffer bytes) throws E;
}
