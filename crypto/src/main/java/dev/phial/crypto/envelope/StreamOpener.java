package dev.phial.crypto.envelope;

import java.nio.ByteBuffer;

/**
 * Opens one stream from the pieces that it is fed: all that follows the header, cut anywhere. A frame's plaintext leaves
 * when the frame is authentic, and when more follows it; the last leaves with {@link #finish}.
 *
 * <p>Only when {@code finish} returns has the stream ended properly: plaintext given before is a true beginning of it, and
 * perhaps not all. After a failure nothing more is given. Keeps two frames in memory at most, and less for a stream of less
 * than one. Not thread-safe.
 */
public final class StreamOpener implements AutoCloseable {
  private final Frames frames;
  private final FrameSize size;
  private final FrameBuffer pending;
  private final FrameBuffer plain;
  private long number;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    FAILED,
    OVER
  }

  StreamOpener(Frames frames, FrameSize size) {
    this.frames = frames;
    this.size = size;
    this.pending = new FrameBuffer(size.sealed());
    this.plain = new FrameBuffer(size.bytes());
  }

  /**
   * Takes all of {@code sealed}, and gives {@code out} the plaintext of frames after which more follows.
   *
   * @throws OpenFailedException when a frame is not the one that was sealed in its place
   * @throws IllegalStateException after {@link #finish} or {@link #close}
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed since
   */
  public <E extends Exception> void update(ByteBuffer sealed, ByteSink<E> out) throws E {
    requireOpen();
    while (sealed.hasRemaining()) {
      if (pending.isFull()) {
        emit(pending.flip(), false, out);
        pending.clear();
      }
      if (pending.isEmpty() && sealed.hasArray() && sealed.remaining() > size.sealed()) {
        emit(Slices.take(sealed, size.sealed()), false, out);
      } else {
        pending.fill(sealed);
      }
    }
  }

  /**
   * Says that all was fed; gives {@code out} the last frame's plaintext.
   *
   * @throws OpenFailedException when the stream does not end here
   * @throws IllegalStateException as {@link #update}
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed since
   */
  public <E extends Exception> void finish(ByteSink<E> out) throws E {
    requireOpen();
    emit(pending.flip(), true, out);
    state = State.OVER;
    frames.wipe();
  }

  private <E extends Exception> void emit(ByteBuffer sealed, boolean last, ByteSink<E> out)
      throws E {
    state = State.FAILED; // until the opposite is known
    if (last && number > 0 && sealed.remaining() == Layout.TAG_LENGTH) {
      // No writer ends a stream of several frames with an empty one: one stream, one form.
      throw new OpenFailedException();
    }
    ByteBuffer opened = plain.room(sealed.remaining());
    openFrame(last, sealed, opened);
    number++;
    state = State.OPEN;
    out.accept(opened.flip());
  }

  /** After a failure nothing more is opened, so the key is let go even if nobody closes. */
  private void openFrame(boolean last, ByteBuffer sealed, ByteBuffer opened) {
    try {
      frames.open(number, last, sealed, opened);
    } catch (RuntimeException e) {
      frames.wipe();
      throw e;
    }
  }

  private void requireOpen() {
    if (state == State.FAILED) {
      throw new OpenFailedException();
    }
    if (state == State.OVER) {
      throw new IllegalStateException("the stream was finished or closed");
    }
  }

  /** Wipes; safe to call again. */
  @Override
  public void close() {
    state = state == State.FAILED ? State.FAILED : State.OVER;
    frames.wipe();
    plain.wipe();
  }
}
