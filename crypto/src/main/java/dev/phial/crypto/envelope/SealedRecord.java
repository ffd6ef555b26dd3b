package dev.phial.crypto.envelope;

import dev.phial.crypto.key.KeyId;

/**
 * A parsed sealed record, format 2 (docs/format.md). Which fields it holds is inside, sealed. Parsed is not authentic: only
 * {@link RecordCipher#open} says that. Immutable.
 */
public final class SealedRecord {
  private final byte[] bytes;
  private final KeyId keyId;

  private SealedRecord(byte[] bytes, KeyId keyId) {
    this.bytes = bytes;
    this.keyId = keyId;
  }

  /**
   * Reads the outer form; needs no key. Takes a copy.
   *
   * @throws EnvelopeFormatException when it is not a sealed record or one of an unknown format or suite
   */
  public static SealedRecord parse(byte[] bytes) {
    KeyId keyId = Layout.requireForm(Form.RECORD, bytes, Layout.OVERHEAD);
    return new SealedRecord(bytes.clone(), keyId);
  }

  /** The key that made it, as the record claims. */
  public KeyId keyId() {
    return keyId;
  }

  /** The bytes themselves, not a copy: for this package's eyes. */
  byte[] raw() {
    return bytes;
  }

  @Override
  public String toString() {
    return "SealedRecord[v" + keyId.version() + ", " + bytes.length + " bytes]";
  }
}
