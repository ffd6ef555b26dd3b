package dev.phial.crypto.envelope;

import java.nio.ByteBuffer;

/** Parts of buffers. */
final class Slices {
  private Slices() {}

  /** The next {@code length} bytes, without a copy; {@code from} goes on after them. */
  static ByteBuffer take(ByteBuffer from, int length) {
    ByteBuffer slice = from.slice(from.position(), length);
    from.position(from.position() + length);
    return slice;
  }

  /** Copies as much as there is and as fits. */
  static void move(ByteBuffer from, ByteBuffer to) {
    to.put(take(from, Math.min(from.remaining(), to.remaining())));
  }
}
