package dev.phial.crypto.envelope;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Holds the bytes of one frame at a time. It takes memory as bytes come and a frame's at most, so that a short stream is
 * cheap whatever frame size its header claims. What is outgrown is wiped. Not thread-safe.
 */
final class FrameBuffer {
  private static final int FIRST = 4 << 10;

  private final int most;
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  FrameBuffer(int most) {
    this.most = most;
  }

  boolean isEmpty() {
    return bytes.position() == 0;
  }

  boolean isFull() {
    return bytes.position() == most;
  }

  /** Adds as much of {@code from} as there is and as fits. */
  void fill(ByteBuffer from) {
    int held = bytes.position();
    int added = Math.min(from.remaining(), most - held);
    reserve(held + added);
    bytes.put(Slices.take(from, added));
  }

  /** What was added, to be used before anything else is called; then {@link #clear}. */
  ByteBuffer flip() {
    return bytes.flip();
  }

  void clear() {
    bytes.clear();
  }

  /** Emptied, with room for {@code length} bytes: to be written into, and flipped. */
  ByteBuffer room(int length) {
    bytes.clear();
    reserve(length);
    return bytes;
  }

  private void reserve(int length) {
    if (length <= bytes.capacity()) {
      return;
    }
    int doubled = Math.max(FIRST, 2 * bytes.capacity());
    ByteBuffer larger = ByteBuffer.allocate(Math.min(most, Math.max(length, doubled)));
    larger.put(bytes.flip());
    wipe();
    bytes = larger;
  }

  void wipe() {
    Arrays.fill(bytes.array(), (byte) 0);
  }
}
