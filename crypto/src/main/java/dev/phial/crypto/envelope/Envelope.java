package dev.phial.crypto.envelope;

import dev.phial.crypto.key.KeyId;

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
    KeyId keyId = Layout.requireForm(Form.VALUE, bytes, Layout.OVERHEAD);
    return new Envelope(bytes.clone(), keyId);
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
