package dev.phial.masking.treat;

import java.util.Arrays;

/** Puts an event together: its own bytes, and texts in place of findings. Reused; confined to a thread. */
final class Splice {
  private byte[] event = {};
  private byte[] out = new byte[512];
  private int length;
  private int taken;

  Splice begin(byte[] event) {
    this.event = event;
    length = 0;
    taken = 0;
    return this;
  }

  void put(int from, int to, int quoteFrom, int quoteTo, byte[] text) {
    append(event, taken, from);
    append(event, quoteFrom, quoteTo);
    append(text, 0, text.length);
    append(event, quoteFrom, quoteTo);
    taken = to;
  }

  private void append(byte[] bytes, int from, int to) {
    int n = to - from;
    if (n <= 0) {
      return;
    }
    if (length + n > out.length) {
      out = Arrays.copyOf(out, Math.max(2 * out.length, length + n));
    }
    System.arraycopy(bytes, from, out, length, n);
    length += n;
  }

  /** The event; the very array that came in when nothing was put. */
  byte[] end() {
    if (taken == 0 && length == 0) {
      return event;
    }
    append(event, taken, event.length);
    return Arrays.copyOf(out, length);
  }
}
