package dev.phial.crypto.envelope;

import dev.phial.crypto.key.KeyId;
import java.nio.ByteBuffer;

/** Where what lies in a sealed value, record or stream. Frozen: a change is a new format id. */
final class Layout {
  static final int FORMAT_AT = 3;
  static final int SUITE_AT = 4;
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

  /**
   * The key that {@code bytes} name.
   *
   * @param least how many bytes the form has at least
   * @throws EnvelopeFormatException when they do not begin like {@code form}
   */
  static KeyId requireForm(Form form, byte[] bytes, int least) {
    if (bytes.length < least || bytes[0] != 'P' || bytes[1] != 'H' || bytes[2] != 'L') {
      throw new EnvelopeFormatException("the input is no " + form.noun);
    }
    if (bytes[FORMAT_AT] != form.format) {
      throw new EnvelopeFormatException(
          "the " + form.noun + " has a format that this version does not know");
    }
    if (bytes[SUITE_AT] != form.suite) {
      throw new EnvelopeFormatException(
          "the " + form.noun + " has a cipher suite that this version does not know");
    }
    return keyId(form, ByteBuffer.wrap(bytes));
  }

  private static KeyId keyId(Form form, ByteBuffer bytes) {
    int version = bytes.getInt(VERSION_AT);
    if (version < 1) {
      throw new EnvelopeFormatException("the " + form.noun + " names no key version");
    }
    return new KeyId(bytes.getLong(KEYSET_AT), version);
  }

  /** Writes everything that comes before the nonce. */
  static void writeHeader(Form form, byte[] out, KeyId key) {
    ByteBuffer.wrap(out)
        .put((byte) 'P')
        .put((byte) 'H')
        .put((byte) 'L')
        .put(form.format)
        .put(form.suite)
        .putLong(key.keyset())
        .putInt(key.version());
  }
}
