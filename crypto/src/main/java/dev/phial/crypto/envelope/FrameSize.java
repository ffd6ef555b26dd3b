package dev.phial.crypto.envelope;

/**
 * Bytes of plaintext in a frame of a stream. Each frame has the module make a new GCM engine, which is later collected and
 * disposed of: larger frames are faster, smaller ones take less memory and are read apart at less cost.
 */
public enum FrameSize {
  KIB_16(16 << 10),
  KIB_32(32 << 10),
  KIB_64(64 << 10),
  KIB_256(256 << 10);

  private final int bytes;

  FrameSize(int bytes) {
    this.bytes = bytes;
  }

  static FrameSize of(int bytes) {
    for (FrameSize size : values()) {
      if (size.bytes == bytes) {
        return size;
      }
    }
    throw new EnvelopeFormatException("a sealed stream of this frame size is not known");
  }

  public int bytes() {
    return bytes;
  }

  /** With the tag. */
  int sealed() {
    return bytes + Layout.TAG_LENGTH;
  }
}
