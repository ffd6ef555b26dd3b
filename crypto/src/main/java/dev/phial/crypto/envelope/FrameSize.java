package dev.phial.crypto.envelope;

/** Bytes of plaintext in a frame of a stream. Larger frames are faster, smaller ones are read apart at less cost. */
public enum FrameSize {
  KIB_16(16 << 10),
  KIB_32(32 << 10),
  KIB_64(64 << 10);

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
