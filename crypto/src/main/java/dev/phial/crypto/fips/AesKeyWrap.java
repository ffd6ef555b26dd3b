package dev.phial.crypto.fips;

import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES key wrap of SP 800-38F: KW takes whole blocks of 8 bytes, KWP any length. Unlike the module, which has an {@link Error} for
 * some malformed input, it refuses with {@link FipsModuleException} always. Thread-safe.
 */
public enum AesKeyWrap {
  KW("AESKW"),
  KWP("AESKWP");

  private final String transformation;

  AesKeyWrap(String transformation) {
    this.transformation = transformation;
  }

  /** Wraps {@code key} under {@code wrapping}. */
  public byte[] wrap(FipsModule module, byte[] wrapping, byte[] key) {
    try {
      return cipher(module, Cipher.WRAP_MODE, wrapping).wrap(new SecretKeySpec(key, "AES"));
    } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
      throw new FipsModuleException("the module refused to wrap a key: see the cause", e);
    }
  }

  /** The key that was wrapped under {@code wrapping}. */
  public byte[] unwrap(FipsModule module, byte[] wrapping, byte[] wrapped) {
    try {
      return Objects.requireNonNull(cipher(module, Cipher.UNWRAP_MODE, wrapping)
          .unwrap(wrapped, "AES", Cipher.SECRET_KEY)
          .getEncoded());
    } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
      throw new FipsModuleException("the module refused to unwrap a key: see the cause", e);
    }
  }

  private Cipher cipher(FipsModule module, int mode, byte[] wrapping)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation, module.provider());
    cipher.init(mode, new SecretKeySpec(wrapping, "AES"));
    return cipher;
  }
}
