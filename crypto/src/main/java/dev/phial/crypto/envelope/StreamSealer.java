package dev.phial.crypto.envelope;

import java.nio.ByteBuffer;

/**
 * Seals one stream from the pieces that it is fed. What is stored is {@link #header()}, then everything that the sinks take,
 * in order. A frame leaves when it is known not to be the last: one frame at most is held back. It keeps two frames in memory
 * at most, and less for a stream of less than one.
 *
 * <p>Not thread-safe. {@link #close} wipes the stream's key; a stream that was not {@linkplain #finish finished} opens to
 * nobody as a whole.
 */
public final class StreamSealer implements AutoCloseable {
  private final StreamHeader header;
  private final Frames frames;
  private final FrameBuffer pending;
  private final FrameBuffer sealed;
  private long number;
  private boolean over;

  StreamSealer(StreamHeader header, Frames frames) {
    this.header = header;
    this.frames = frames;
    this.pending = new FrameBuffer(header.frameSize().bytes());
    this.sealed = new FrameBuffer(header.frameSize().sealed());
  }

  /** What stands before the frames. */
  public StreamHeader header() {
    return header;
  }

  /**
   * Takes all of {@code plaintext}, and gives {@code out} the frames that are full. Of pieces of several frames only the last
   * frame is copied.
   *
   * @throws IllegalStateException after {@link #finish} or {@link #close}
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed since
   */
  public <E extends Exception> void update(ByteBuffer plaintext, ByteSink<E> out) throws E {
    requireOpen();
    int frame = header.frameSize().bytes();
    while (plaintext.hasRemaining()) {
      if (pending.isFull()) {
        emit(pending.flip(), false, out);
        pending.clear();
      }
      if (pending.isEmpty() && plaintext.hasArray() && plaintext.remaining() > frame) {
        emit(Slices.take(plaintext, frame), false, out);
      } else {
        pending.fill(plaintext);
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
    ByteBuffer frame = sealed.room(plaintext.remaining() + Layout.TAG_LENGTH);
    try {
      frames.seal(number, last, plaintext, frame);
    } catch (RuntimeException e) {
      // Half a stream is none: the key is let go even if nobody closes.
      close();
      throw e;
    }
    number++;
    out.accept(frame.flip());
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
    pending.wipe();
  }
}
