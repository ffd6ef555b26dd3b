package dev.phial.kms;

import java.util.Arrays;
import java.util.concurrent.CompletionStage;

/**
 * A key management service or hardware module that holds key-encryption keys (KEKs) and wraps data keys under them.
 *
 * <p>An implementation promises:
 *
 * <ol>
 *   <li>A KEK never leaves the service. There is no operation that returns one.
 *   <li>{@link #wrap} is authenticated and binds the {@link WrapContext}: what was wrapped for one tenant, purpose, keyset
 *       or version is refused under any other, as is a wrapped key of which one bit was changed.
 *   <li>Wrapping the same key twice gives different bytes.
 *   <li>What was wrapped stays unwrappable until its KEK version is destroyed: {@link WrappedKey} carries an immutable
 *       reference to that version, and rotating the KEK does not orphan it.
 *   <li>When {@code wrap}'s stage completes, the KEK version is as durable as the service makes it; the caller stores
 *       the wrapped key.
 * </ol>
 *
 * <p><b>Key bytes.</b> {@code wrap} reads {@code key} before it returns and keeps no copy past the stage's completion. The
 * array that {@code unwrap} gives belongs to the caller, who wipes it. No exception, log line or {@code toString} holds
 * key bytes.
 *
 * <p><b>Threading.</b> Thread-safe. No method waits for a network, a disk or another caller: it starts the work and
 * returns. Stages complete on any thread; who attaches to one must not block there. An adapter bounds the time of each
 * operation itself and completes the stage in every case.
 *
 * <p><b>Failure.</b> Stages fail with a {@link KmsException} and nothing else. Cryptographic modules throw {@link Error}s
 * on some hostile input; an adapter translates those too. Methods themselves throw only {@link NullPointerException} and
 * {@link IllegalArgumentException}, for mistakes of the programmer. Retrying and caching are added from outside.
 */
public interface Kms extends AutoCloseable {

  /** Shortest data key in bytes that an adapter must wrap. */
  int MIN_KEY_BYTES = 16;

  /** Longest data key in bytes that an adapter must wrap. */
  int MAX_KEY_BYTES = 64;

  /**
   * Wraps a data key under the current version of a KEK.
   *
   * @param kek which KEK
   * @param key {@value #MIN_KEY_BYTES} to {@value #MAX_KEY_BYTES} bytes
   * @param context bound to the result
   */
  CompletionStage<WrappedKey> wrap(KekRef kek, byte[] key, WrapContext context);

  /**
   * Unwraps what {@link #wrap} gave.
   *
   * @param wrapped any bytes at all: tampered, truncated and empty ones fail with {@link InvalidWrappedKeyException}
   * @param context the same as when it was wrapped, else {@link InvalidWrappedKeyException}
   */
  CompletionStage<byte[]> unwrap(WrappedKey wrapped, WrapContext context);

  /**
   * Wraps what is wrapped already under the current version of a KEK of this service, for the same context: for a rotated
   * KEK. A service that can do that by itself does not show the key on the way.
   *
   * @param wrapped as for {@link #unwrap}
   * @param kek as for {@link #wrap}
   */
  default CompletionStage<WrappedKey> rewrap(WrappedKey wrapped, KekRef kek, WrapContext context) {
    return unwrap(wrapped, context).thenCompose(key -> {
      try {
        return wrap(kek, key, context);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    });
  }

  /** Says what a KEK is, and thereby that it exists and that we may use it. */
  CompletionStage<KekDescription> describe(KekRef kek);

  /**
   * Ends the use of the service. Operations started later fail with {@link KmsUnavailableException}. Closing twice is
   * closing once.
   */
  @Override
  void close();
}
