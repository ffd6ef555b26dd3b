package dev.phial.masking.scan;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as they read once their encodings are off, each with the place in the event where it stood. So a finding in the
 * innermost of nested encodings is a range of the event, and what is not found stays as it was.
 */
public final class Text {
  private byte[] bytes;
  private int length;
  private int @Nullable [] origin;

  private Text(byte[] bytes, int length, int @Nullable [] origin) {
    this.bytes = bytes;
    this.length = length;
    this.origin = origin;
  }

  /** The event itself. */
  public static Text of(byte[] event) {
    return new Text(event, event.length, null);
  }

  /** An empty text that {@link #append} fills. */
  public static Text decoded(int capacity) {
    return new Text(new byte[capacity], 0, new int[capacity + 1]);
  }

  /** Adds a decoded byte that stood at {@code at}. */
  public void append(int b, int at) {
    int[] places = origin;
    if (places == null) {
      throw new IllegalStateException("an event's own bytes do not change");
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * length + 16);
      places = Arrays.copyOf(places, 2 * length + 17);
      origin = places;
    }
    places[length] = at;
    bytes[length++] = (byte) b;
  }

  /** Ends the text: what comes after it stands at {@code at}. */
  public Text end(int at) {
    int[] places = origin;
    if (places != null) {
      places[length] = at;
    }
    return this;
  }

  @SuppressWarnings("EI_EXPOSE_REP")
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  /** Where in the event the byte {@code i} stood; for {@code length()}, where the text ended. */
  public int at(int i) {
    int[] places = origin;
    return places == null ? i : places[i];
  }

  /** Whether an encoding came off. */
  public boolean coded() {
    return origin != null;
  }

  /** A part, as text. */
  public String part(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
