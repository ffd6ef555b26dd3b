package dev.phial.crypto.envelope;

import dev.phial.crypto.key.KeyId;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The parsed beginning of a sealed stream, format 3 (docs/format.md). Parsed is not authentic: the frames say that. Immutable.
 */
public final class StreamHeader {
  static final int FRAME_SIZE_AT = Layout.CIPHERTEXT_AT;

  /** Bytes of a header. */
  public static final int LENGTH = FRAME_SIZE_AT + Integer.BYTES;

  private final byte[] bytes;
  private final KeyId keyId;
  private final FrameSize frameSize;

  private StreamHeader(byte[] bytes, KeyId keyId, FrameSize frameSize) {
    this.bytes = bytes;
    this.keyId = keyId;
    this.frameSize = frameSize;
  }

  /**
   * Reads a header from the start of {@code bytes}; what follows is not looked at. Needs no key. Takes a copy.
   *
   * @throws EnvelopeFormatException when it is not a sealed stream's or one of an unknown format or suite
   */
  public static StreamHeader parse(byte[] bytes) {
    KeyId keyId = Layout.requireForm(Form.STREAM, bytes, LENGTH);
    FrameSize size = FrameSize.of(ByteBuffer.wrap(bytes).getInt(FRAME_SIZE_AT));
    return new StreamHeader(Arrays.copyOf(bytes, LENGTH), keyId, size);
  }

  /**
   * Reads a header from {@code in} and leaves the frames in it.
   *
   * @throws EnvelopeFormatException as {@link #parse}
   * @throws EOFException when the input ends within the header
   */
  public static StreamHeader read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(LENGTH);
    if (bytes.length < LENGTH) {
      throw new EOFException("the input ends within the header of a sealed stream");
    }
    return parse(bytes);
  }

  static byte[] begin(KeyId key, FrameSize size) {
    byte[] header = new byte[LENGTH];
    Layout.writeHeader(Form.STREAM, header, key);
    ByteBuffer.wrap(header).putInt(FRAME_SIZE_AT, size.bytes());
    return header;
  }

  /** The key that made the stream, as the header claims. */
  public KeyId keyId() {
    return keyId;
  }

  /** Bytes of plaintext in each frame but the last, as the header claims. */
  public FrameSize frameSize() {
    return frameSize;
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes themselves, not a copy: for this package's eyes. */
  byte[] raw() {
    return bytes;
  }

  @Override
  public String toString() {
    return "StreamHeader[v" + keyId.version() + ", frames of " + frameSize.bytes() + " bytes]";
  }
}
