package dev.phial.crypto.fips;

import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * AES-GCM for published vectors, where the IV is given. It tells whether an answer comes out and never gives one, so it cannot be
 * used to encrypt.
 */
public final class GcmSample {
  private GcmSample() {}

  /** Whether {@link AesGcm} opens {@code sealed}, ciphertext and tag, to {@code plaintext} and seals it to the same again. */
  public static boolean opensAndSeals(
      FipsModule module,
      byte[] key,
      byte[] iv,
      byte[] associated,
      byte[] plaintext,
      byte[] sealed) {
    AesGcm gcm = new AesGcm(module);
    try {
      byte[] out = new byte[plaintext.length + AesGcm.TAG_LENGTH];
      byte[] opened = gcm.open(key, iv, associated, sealed, 0);
      gcm.seal(key, iv, associated, plaintext, out, 0);
      return Arrays.equals(plaintext, opened) && Arrays.equals(sealed, out);
    } catch (AEADBadTagException e) {
      return false;
    }
  }

  /** Whether the module itself opens {@code sealed} to {@code plaintext}: keys and IVs of any size that it takes. */
  public static boolean opensInModule(
      FipsModule module,
      byte[] key,
      byte[] iv,
      byte[] associated,
      byte[] plaintext,
      byte[] sealed) {
    try {
      return Arrays.equals(plaintext, AesGcm.openVector(module, key, iv, associated, sealed));
    } catch (AEADBadTagException e) {
      return false;
    }
  }
}
