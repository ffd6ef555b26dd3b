package dev.phial.crypto.envelope;

import dev.phial.crypto.key.KeyId;
import java.nio.ByteBuffer;

/** Where what lies in an envelope of format 1. Frozen: a change is a new format id. */
final class Layout {
  static final byte FORMAT = 1;
  static final byte SUITE_XAES_256_GCM_COMMITTED = 1;

  static final int KEYSET_AT = 5;
  static final int VERSION_AT = 13;
  static final int NONCE_AT = 17;
  static final int NONCE_LENGTH = 24;
  static final int COMMITMENT_AT = NONCE_AT + NONCE_LENGTH;
  static final int COMMITMENT_LENGTH = 32;
  static final int CIPHERTEXT_AT = COMMITMENT_AT + COMMITMENT_LENGTH;
  static final int TAG_LENGTH = 16;
  static final int OVERHEAD = CIPHERTEXT_AT + TAG_LENGTH;

  private Layout() {}

  static boolean startsLikeEnvelope(byte[] bytes) {
    return bytes.length >= OVERHEAD && bytes[0] == 'P' && bytes[1] == 'H' && bytes[2] == 'L';
  }

  static void requireEnvelope(byte[] bytes) {
    if (!startsLikeEnvelope(bytes)) {
      throw new EnvelopeFormatException("the input is not an envelope");
    }
    if (bytes[3] != FORMAT) {
      throw new EnvelopeFormatException(
          "the envelope has a format that this version does not know");
    }
    if (bytes[4] != SUITE_XAES_256_GCM_COMMITTED) {
      throw new EnvelopeFormatException(
          "the envelope has a cipher suite that this version does not know");
    }
  }

  /** Writes everything that comes before the nonce. */
  static void writeHeader(byte[] envelope, KeyId key) {
    ByteBuffer.wrap(envelope)
        .put((byte) 'P')
        .put((byte) 'H')
        .put((byte) 'L')
        .put(FORMAT)
        .put(SUITE_XAES_256_GCM_COMMITTED)
        .putLong(key.keyset())
        .putInt(key.version());
  }
}
