package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.AesGcm;
import java.security.MessageDigest;
import java.util.Arrays;

/** What one message at a time needs. Not thread-safe; the {@link Sealing} keeps a few. */
final class MessageLane {
  final AesGcm gcm;
  final byte[] key = new byte[AesGcm.KEY_LENGTH];
  final byte[] iv = new byte[AesGcm.IV_LENGTH];
  private final Nonces nonces;
  private final byte[] derived = new byte[MessageKeys.DERIVED];

  MessageLane(AesGcm gcm, Nonces nonces) {
    this.gcm = gcm;
    this.nonces = nonces;
  }

  /** Writes a fresh nonce and the commitment that belongs to it into {@code header}, and takes the message's key. */
  void begin(MessageKeys keys, byte[] header) {
    nonces.writeTo(header);
    commit(keys, header);
  }

  /** The same for a message that is here as a whole. */
  void begin(MessageKeys keys, byte[] message, byte[] associated, byte[] plaintext) {
    nonces.writeTo(message, associated, plaintext);
    commit(keys, message);
  }

  private void commit(MessageKeys keys, byte[] header) {
    derive(keys, header);
    System.arraycopy(
        derived, AesGcm.KEY_LENGTH, header, Layout.COMMITMENT_AT, Layout.COMMITMENT_LENGTH);
  }

  /**
   * Takes the key of the message that {@code header} begins.
   *
   * @throws OpenFailedException when the header commits to another key. That is known before anything is decrypted: a
   *     ciphertext made to open under two keys (threat T4) commits to one of them at most
   */
  void resume(MessageKeys keys, byte[] header) {
    derive(keys, header);
    byte[] expected = Arrays.copyOfRange(derived, AesGcm.KEY_LENGTH, MessageKeys.DERIVED);
    byte[] found = Arrays.copyOfRange(header, Layout.COMMITMENT_AT, Layout.CIPHERTEXT_AT);
    if (!MessageDigest.isEqual(expected, found)) {
      throw new OpenFailedException();
    }
  }

  /** XAES-256-GCM: the first half of the nonce makes the key, the second is GCM's IV. */
  private void derive(MessageKeys keys, byte[] header) {
    keys.derive(header, derived);
    System.arraycopy(derived, 0, key, 0, key.length);
    System.arraycopy(header, Layout.NONCE_AT + AesGcm.IV_LENGTH, iv, 0, iv.length);
  }

  void wipe() {
    Arrays.fill(derived, (byte) 0);
    Arrays.fill(key, (byte) 0);
  }
}
