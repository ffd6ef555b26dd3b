package dev.phial.kms.pkcs11;

import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.Kms;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Wrapping, format 1: {@code 01 | IV (12) | ciphertext | tag (16)}, AES-256-GCM in the token.
 *
 * <p>GCM because it takes the context as associated data, and because the JDK cannot reach the tokens' key wrap mechanisms.
 * The IV is random, from the token's own generator (SP 800-38D, 8.2.2). The associated data hold the format, the KEK
 * version and the context, each behind its length.
 */
final class TokenGcm {
  private static final byte FORMAT = 1;
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int OVERHEAD = 1 + IV_BYTES + TAG_BYTES;
  private static final byte[] LABEL = "phial pkcs11 kms".getBytes(StandardCharsets.US_ASCII);

  private TokenGcm() {}

  static byte[] wrap(Provider provider, TokenKey kek, byte[] key, WrapContext context)
      throws GeneralSecurityException {
    byte[] iv = new byte[IV_BYTES];
    SecureRandom.getInstance("PKCS11", provider).nextBytes(iv);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, provider, kek, iv, context).doFinal(key);
    return ByteBuffer.allocate(1 + iv.length + sealed.length)
        .put(FORMAT)
        .put(iv)
        .put(sealed)
        .array();
  }

  /** Refuses what has not the form before the token sees it. */
  static byte[] checked(WrappedKey wrapped) {
    byte[] bytes = wrapped.bytes();
    if (bytes.length < OVERHEAD + Kms.MIN_KEY_BYTES
        || bytes.length > OVERHEAD + Kms.MAX_KEY_BYTES
        || bytes[0] != FORMAT) {
      throw new InvalidWrappedKeyException(
          "what " + wrapped.kekVersion() + " is to open is not in wrapping format " + FORMAT);
    }
    return bytes;
  }

  static byte[] unwrap(Provider provider, TokenKey kek, byte[] checked, WrapContext context)
      throws GeneralSecurityException {
    byte[] iv = Arrays.copyOfRange(checked, 1, 1 + IV_BYTES);
    return cipher(Cipher.DECRYPT_MODE, provider, kek, iv, context)
        .doFinal(checked, 1 + IV_BYTES, checked.length - 1 - IV_BYTES);
  }

  private static Cipher cipher(
      int mode, Provider provider, TokenKey kek, byte[] iv, WrapContext context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    cipher.init(mode, kek.key(), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
    cipher.updateAAD(associatedData(kek.id(), context));
    return cipher;
  }

  private static byte[] associatedData(String version, WrapContext context) {
    byte[] id = version.getBytes(StandardCharsets.UTF_8);
    byte[] bound = context.encoded();
    return ByteBuffer.allocate(LABEL.length + 1 + Integer.BYTES + id.length + bound.length)
        .put(LABEL)
        .put(FORMAT)
        .putInt(id.length)
        .put(id)
        .put(bound)
        .array();
  }
}
