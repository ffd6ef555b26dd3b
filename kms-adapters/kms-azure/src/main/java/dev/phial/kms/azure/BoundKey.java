package dev.phial.kms.azure;

import dev.phial.kms.InvalidWrappedKeyException;
import dev.phial.kms.KekVersion;
import dev.phial.kms.Kms;
import dev.phial.kms.WrapContext;
import dev.phial.kms.WrappedKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Key Vault wraps without associated data. So a fresh AES-256 key is wrapped by it, and encrypts the data key with the context
 * as associated data, in the approved module: who moves one part to another place has a key that does not fit the other part.
 *
 * <p>What is in the frame: {@code length (2) | wrapped fresh key | IV (12) | ciphertext | tag (16)}. The associated data hold
 * the KEK's version, the wrapped fresh key and the context, each behind its length.
 */
final class BoundKey {
  static final int FRESH_BYTES = 32;
  private static final String PROVIDER = "BCFIPS";
  private static final int IV_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final byte[] LABEL = "phial azure kms".getBytes(StandardCharsets.US_ASCII);
  private static final byte FORMAT = 1;

  private final byte[] wrappedFresh;
  private final byte[] sealed;

  private BoundKey(byte[] wrappedFresh, byte[] sealed) {
    this.wrappedFresh = wrappedFresh;
    this.sealed = sealed;
  }

  /** A key to be wrapped by the vault; the caller wipes it. */
  static byte[] fresh() throws GeneralSecurityException {
    byte[] fresh = new byte[FRESH_BYTES];
    SecureRandom.getInstance("DEFAULT", PROVIDER).nextBytes(fresh);
    return fresh;
  }

  static BoundKey seal(
      byte[] fresh, byte[] wrappedFresh, String version, byte[] key, WrapContext context)
      throws GeneralSecurityException {
    byte[] iv = new byte[IV_BYTES];
    SecureRandom.getInstance("DEFAULT", PROVIDER).nextBytes(iv);
    byte[] ciphertext = cipher(
            Cipher.ENCRYPT_MODE, fresh, iv, associated(wrappedFresh, version, context))
        .doFinal(key);
    return new BoundKey(
        wrappedFresh,
        ByteBuffer.allocate(iv.length + ciphertext.length)
            .put(iv)
            .put(ciphertext)
            .array());
  }

  /** Lengths are checked before the module sees the bytes: it throws errors where others throw exceptions. */
  static BoundKey parse(WrappedKey wrapped, byte[] bytes) {
    int length = bytes.length < Short.BYTES
        ? 0
        : Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort());
    int key = bytes.length - Short.BYTES - length - IV_BYTES - TAG_BYTES;
    if (length == 0 || key < Kms.MIN_KEY_BYTES || key > Kms.MAX_KEY_BYTES) {
      throw new InvalidWrappedKeyException(
          "what " + wrapped.kekVersion() + " is to open has not the form of a wrapped key");
    }
    int end = Short.BYTES + length;
    return new BoundKey(
        Arrays.copyOfRange(bytes, Short.BYTES, end), Arrays.copyOfRange(bytes, end, bytes.length));
  }

  byte[] bytes() {
    return ByteBuffer.allocate(Short.BYTES + wrappedFresh.length + sealed.length)
        .putShort((short) wrappedFresh.length)
        .put(wrappedFresh)
        .put(sealed)
        .array();
  }

  byte[] wrappedFresh() {
    return wrappedFresh.clone();
  }

  /** The data key, if everything is where it was. */
  byte[] open(byte[] fresh, KekVersion version, WrapContext context) {
    try {
      if (fresh.length == FRESH_BYTES) {
        byte[] iv = Arrays.copyOf(sealed, IV_BYTES);
        byte[] associated = associated(wrappedFresh, version.id(), context);
        return cipher(Cipher.DECRYPT_MODE, fresh, iv, associated)
            .doFinal(sealed, IV_BYTES, sealed.length - IV_BYTES);
      }
    } catch (GeneralSecurityException | AssertionError e) {
      throw invalid(version, e);
    }
    throw invalid(version, new GeneralSecurityException("another length"));
  }

  private static InvalidWrappedKeyException invalid(KekVersion version, Throwable cause) {
    return new InvalidWrappedKeyException(
        "not a key that " + version + " wrapped for this use: tampered with, or another tenant's,"
            + " purpose's or version's",
        cause);
  }

  private static Cipher cipher(int mode, byte[] fresh, byte[] iv, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", PROVIDER);
    cipher.init(
        mode, new SecretKeySpec(fresh, "AES"), new GCMParameterSpec(TAG_BYTES * Byte.SIZE, iv));
    cipher.updateAAD(associated);
    return cipher;
  }

  private static byte[] associated(byte[] wrappedFresh, String version, WrapContext context) {
    byte[] id = version.getBytes(StandardCharsets.UTF_8);
    byte[] bound = context.encoded();
    int size =
        LABEL.length + 1 + 2 * Integer.BYTES + id.length + wrappedFresh.length + bound.length;
    return ByteBuffer.allocate(size)
        .put(LABEL)
        .put(FORMAT)
        .putInt(id.length)
        .put(id)
        .putInt(wrappedFresh.length)
        .put(wrappedFresh)
        .put(bound)
        .array();
  }
}
