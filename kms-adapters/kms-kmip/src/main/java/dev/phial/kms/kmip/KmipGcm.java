package dev.phial.kms.kmip;

import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.Kms;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * What is in the frame: {@code IV (12) | ciphertext | tag (16)}. The associated data hold the KEK's name and the context. The IV
 * is random, from the approved module (SP 800-38D, 8.2.2): KMIP servers differ in whether and how long they make one.
 */
final class KmipGcm {
  static final int IV_BYTES = 12;
  static final int TAG_BYTES = 16;
  private static final byte[] LABEL = "phial kmip kms".getBytes(StandardCharsets.US_ASCII);
  private static final byte FORMAT = 1;

  private KmipGcm() {}

  static byte[] iv() {
    byte[] iv = new byte[IV_BYTES];
    try {
      SecureRandom.getInstance("DEFAULT", "BCFIPS").nextBytes(iv);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the approved module was not started", e);
    }
    return iv;
  }

  static byte[] associatedData(String kek, WrapContext context) {
    byte[] name = kek.getBytes(StandardCharsets.UTF_8);
    byte[] bound = context.encoded();
    return ByteBuffer.allocate(LABEL.length + 1 + Integer.BYTES + name.length + bound.length)
        .put(LABEL)
        .put(FORMAT)
        .putInt(name.length)
        .put(name)
        .put(bound)
        .array();
  }

  static byte[] checked(WrappedKey wrapped, byte[] sealed) {
    int length = sealed.length - IV_BYTES - TAG_BYTES;
    if (length < Kms.MIN_KEY_BYTES || length > Kms.MAX_KEY_BYTES) {
      throw new InvalidWrappedKeyException(
          "what " + wrapped.kekVersion() + " is to open has not the length of a wrapped key");
    }
    return sealed;
  }
}
