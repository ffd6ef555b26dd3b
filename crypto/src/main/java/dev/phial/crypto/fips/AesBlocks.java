package dev.phial.crypto.fips;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The raw AES permutation under one key, many independent blocks in a call: a building block for key derivation and FF1,
 * never for data. Not thread-safe.
 */
public final class AesBlocks {
  /** Bytes in a block. */
  public static final int BLOCK = 16;

  private final Cipher cipher;

  /** Takes a copy of {@code key}: 16, 24 or 32 bytes. */
  public AesBlocks(FipsModule module, byte[] key) {
    try {
      cipher = Cipher.getInstance("AES/ECB/NoPadding", module.provider());
      cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
    } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
      throw new FipsModuleException("the module refused an AES key: see the cause", e);
    }
  }

  /** Encrypts {@code length} bytes, a multiple of {@link #BLOCK}, from the start of {@code in} to that of {@code out}. */
  public void encrypt(byte[] in, int length, byte[] out) {
    try {
      cipher.doFinal(in, 0, length, out, 0);
    } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
      throw new FipsModuleException(
          "the module refused to encrypt blocks: see the cause and its health", e);
    }
  }
}
