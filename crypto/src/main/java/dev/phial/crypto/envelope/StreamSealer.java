package dev.phial.crypto.envelope;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Seals one stream from the pieces that it is fed. What is stored is {@link #header()}, then everything that the sinks take,
 * in order. A frame leaves when it is known not to be the last: one frame at most is held back.
 *
 * <p>Not thread-safe. {@link #close} wipes the stream's key; a stream that was not {@linkplain #finish finished} opens to
 * nobody as a whole.
 */
public final class StreamSealer implements AutoCloseable {
  private final StreamHeader header;
  private final Frames frames;
  private final ByteBuffer pending;
  private final ByteBuffer sealed;
  private long number;
  private boolean over;

  StreamSealer(StreamHeader header, Frames frames) {
    this.header = header;
    this.frames = frames;
    this.pending = ByteBuffer.allocate(header.frameSize().bytes());
    this.sealed = ByteBuffer.allocate(header.frameSize().sealed());
  }

  /** What stands before the frames. */
  public StreamHeader header() {
    return header;
  }

  /**
   * Takes all of {@code plaintext}, and gives {@code out} the frames that are full.
   *
   * @throws IllegalStateException after {@link #finish} or {@link #close}
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed since
   */
  public <E extends Exception> void update(ByteBuffer plaintext, ByteSink<E> out) throws E {
    requireOpen();
    while (plaintext.hasRemaining()) {
      if (!pending.hasRemaining()) {
        emit(pending.flip(), false, out);
        pending.clear();
      }
      if (pending.position() == 0
          && plaintext.hasArray()
          && plaintext.remaining() > pending.capacity()) {
        emit(Slices.take(plaintext, pending.capacity()), false, out);
      } else {
        Slices.move(plaintext, pending);
      }
    }
  }

  /**
   * Ends the stream: gives {@code out} the last frame.
   *
   * @throws IllegalStateException as {@link #update}
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed since
   */
  public <E extends Exception> void finish(ByteSink<E> out) throws E {
    requireOpen();
    emit(pending.flip(), true, out);
    close();
  }

  private <E extends Exception> void emit(ByteBuffer plaintext, boolean last, ByteSink<E> out)
      throws E {
    sealed.clear();
    try {
      frames.seal(number, last, plaintext, sealed);
    } catch (RuntimeException e) {
      // Half a stream is none: the key is let go even if nobody closes.
      close();
      throw e;
    }
    number++;
    out.accept(sealed.flip());
  }

  private void requireOpen() {
    if (over) {
      throw new IllegalStateException("the stream was finished or closed");
    }
  }

  /** Wipes; safe to call again. */
  @Override
  public void close() {
    over = true;
    frames.wipe();
    Arrays.fill(pending.array(), (byte) 0);
  }
}
