package dev.phial.crypto.envelope;

import dev.phial.crypto.key.KeyId;
import java.nio.ByteBuffer;

/**
 * A parsed envelope of format 1 (docs/format.md). Parsed is not authentic: only {@link EnvelopeCipher#open} says that.
 * Immutable.
 */
public final class Envelope {
  private final byte[] bytes;
  private final KeyId keyId;

  private Envelope(byte[] bytes, KeyId keyId) {
    this.bytes = bytes;
    this.keyId = keyId;
  }

  /**
   * Reads the outer form; needs no key. Takes a copy.
   *
   * @throws EnvelopeFormatException when it is not an envelope or one of an unknown format or suite
   */
  public static Envelope parse(byte[] bytes) {
    Layout.requireEnvelope(bytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long keyset = buffer.getLong(Layout.KEYSET_AT);
    int version = buffer.getInt(Layout.VERSION_AT);
    if (version < 1) {
      throw new EnvelopeFormatException("the envelope names no key version");
    }
    return new Envelope(bytes.clone(), new KeyId(keyset, version));
  }

  /** The key that made it, as the envelope claims. */
  public KeyId keyId() {
    return keyId;
  }

  /** The length of the plaintext in bytes. */
  public int plaintextLength() {
    return bytes.length - Layout.OVERHEAD;
  }

  /** The bytes themselves, not a copy: for this package's eyes. */
  byte[] raw() {
    return bytes;
  }

  @Override
  public String toString() {
    return "Envelope[v" + keyId.version() + ", " + plaintextLength() + " bytes]";
  }
}
