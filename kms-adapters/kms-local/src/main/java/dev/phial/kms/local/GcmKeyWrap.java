package dev.phial.kms.local;

import dev.phial.kms.KekVersion;
import dev.phial.kms.Kms;
import dev.phial.kms.WrapContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Wrapping, format 1: {@code 01 | IV (12) | ciphertext | tag (16)}, AES-256-GCM.
 *
 * <p>GCM rather than AESKWP because it takes the context as associated data; KWP has no place for it. The IV is random and
 * made by the module for each wrapping (SP 800-38D, 8.2.2); a KEK wraps a few keys per tenant, which stays far below the
 * 2^32 invocations allowed. The associated data hold the format, the KEK version and the context, each behind its length.
 */
final class GcmKeyWrap {
  private static final byte FORMAT = 1;
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int OVERHEAD = 1 + IV_BYTES + TAG_BYTES;
  private static final byte[] LABEL = "phial local kms".getBytes(StandardCharsets.US_ASCII);

  private GcmKeyWrap() {}

  static byte[] wrap(SecretKey kek, KekVersion version, byte[] key, WrapContext context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", LocalKms.PROVIDER);
    cipher.init(Cipher.ENCRYPT_MODE, kek, SecureRandom.getInstance("DEFAULT", LocalKms.PROVIDER));
    byte[] iv = cipher.getIV();
    if (iv.length != IV_BYTES) {
      throw new GeneralSecurityException(
          "the module made an IV of another length than " + IV_BYTES + " bytes");
    }
    cipher.updateAAD(associatedData(version, context));
    byte[] sealed = cipher.doFinal(key);
    return ByteBuffer.allocate(1 + iv.length + sealed.length)
        .put(FORMAT)
        .put(iv)
        .put(sealed)
        .array();
  }

  /** Lengths are checked before the module sees the bytes: it throws errors where others throw exceptions. */
  static byte[] unwrap(SecretKey kek, KekVersion version, byte[] wrapped, WrapContext context)
      throws GeneralSecurityException {
    if (wrapped.length < OVERHEAD + Kms.MIN_KEY_BYTES
        || wrapped.length > OVERHEAD + Kms.MAX_KEY_BYTES
        || wrapped[0] != FORMAT) {
      throw new GeneralSecurityException("not in wrapping format " + FORMAT);
    }
    byte[] iv = Arrays.copyOfRange(wrapped, 1, 1 + IV_BYTES);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", LocalKms.PROVIDER);
    cipher.init(Cipher.DECRYPT_MODE, kek, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
    cipher.updateAAD(associatedData(version, context));
    return cipher.doFinal(wrapped, 1 + IV_BYTES, wrapped.length - 1 - IV_BYTES);
  }

  private static byte[] associatedData(KekVersion version, WrapContext context) {
    byte[] name = version.toString().getBytes(StandardCharsets.UTF_8);
    byte[] bound = context.encoded();
    return ByteBuffer.allocate(LABEL.length + 1 + Integer.BYTES + name.length + bound.length)
        .put(LABEL)
        .put(FORMAT)
        .putInt(name.length)
        .put(name)
        .put(bound)
        .array();
  }
}
