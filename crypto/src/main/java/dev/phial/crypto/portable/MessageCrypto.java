package dev.phial.crypto.portable;

import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HashName;
import dev.phial.crypto.fips.Hkdf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/** The keys and the GCM calls of one message. Not thread-safe. */
final class MessageCrypto {
  // The suite id, 0x0478, then the label.
  private static final byte[] DERIVE = ascii("\4xDERIVEKEY");
  private static final byte[] COMMIT = ascii("COMMITKEY");
  private static final byte[] FRAME = ascii("AWSKMSEncryptionClient Frame");
  private static final byte[] FINAL_FRAME = ascii("AWSKMSEncryptionClient Final Frame");

  private final AesGcm gcm;
  private final Hkdf hkdf;

  MessageCrypto(FipsModule module) {
    this.gcm = new AesGcm(module);
    this.hkdf = new Hkdf(module, HashName.SHA512);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  byte[] messageKey(byte[] dataKey, byte[] messageId) {
    return hkdf.derive(dataKey, messageId, DERIVE, AesGcm.KEY_LENGTH);
  }

  byte[] commitment(byte[] dataKey, byte[] messageId) {
    return hkdf.derive(dataKey, messageId, COMMIT, MessageHeader.COMMITMENT);
  }

  /** The header's tag: GCM over nothing with an IV of zeros; frames count from one. */
  byte[] headerTag(byte[] messageKey, byte[] header) {
    return seal(messageKey, new byte[AesGcm.IV_LENGTH], header, new byte[0]);
  }

  byte[] frameAad(byte[] messageId, boolean last, int number, int length) {
    byte[] kind = last ? FINAL_FRAME : FRAME;
    return ByteBuffer.allocate(messageId.length + kind.length + Integer.BYTES + Long.BYTES)
        .put(messageId)
        .put(kind)
        .putInt(number)
        .putLong(length)
        .array();
  }

  /** A frame's IV is its number. */
  static byte[] frameIv(int number) {
    return ByteBuffer.allocate(AesGcm.IV_LENGTH).putLong(0).putInt(number).array();
  }

  byte[] seal(byte[] key, byte[] iv, byte[] associated, byte[] plaintext) {
    byte[] sealed = new byte[plaintext.length + AesGcm.TAG_LENGTH];
    gcm.seal(key, iv, associated, ByteBuffer.wrap(plaintext), ByteBuffer.wrap(sealed));
    return sealed;
  }

  byte[] open(byte[] key, byte[] iv, byte[] associated, byte[] sealed) {
    byte[] plaintext = new byte[sealed.length - AesGcm.TAG_LENGTH];
    try {
      gcm.open(key, iv, associated, ByteBuffer.wrap(sealed), ByteBuffer.wrap(plaintext));
    } catch (AEADBadTagException e) {
      Arrays.fill(plaintext, (byte) 0);
      throw new OpenFailedException();
    }
    return plaintext;
  }
}
