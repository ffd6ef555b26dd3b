package dev.phial.crypto.fips;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Compares the module's bulk GCM code, which picks different native code by size and processor, with counter mode built
 * from single blocks. A defect of the class of CVE-2026-8149 stops the start instead of a patient's record.
 */
final class AesConsistency {
  private static final int[] SIZES = {0, 1, 15, 16, 17, 255, 256, 1024, 4099};
  private static final int BLOCK = 16;
  private static final int TAG = AesGcm.TAG_LENGTH;
  private static final byte[] NOTHING = {};

  private AesConsistency() {}

  static void check(Provider provider) throws GeneralSecurityException {
    SecretKeySpec key = new SecretKeySpec(pattern(32), "AES");
    for (int size : SIZES) {
      if (!agrees(provider, key, size)) {
        throw new FipsModuleException(
            "the module's native AES does not agree with itself on this processor: set -Dorg.bouncycastle.native.cpu_variant=java and report it");
      }
    }
  }

  private static boolean agrees(Provider provider, SecretKeySpec key, int size)
      throws GeneralSecurityException {
    byte[] iv = pattern(12);
    byte[] plaintext = pattern(size);
    byte[] sealed = new byte[size + TAG];
    AesGcm gcm = new AesGcm(provider);
    // Constant inputs: nothing here is a secret, and no message is ever sent under this key.
    gcm.seal(key.getEncoded(), iv, NOTHING, plaintext, sealed, 0);
    byte[] expected = counterMode(provider, key, iv, plaintext);
    return Arrays.equals(sealed, 0, size, expected, 0, size)
        && Arrays.equals(plaintext, gcm.open(key.getEncoded(), iv, NOTHING, sealed, 0));
  }

  private static byte[] counterMode(Provider provider, SecretKeySpec key, byte[] iv, byte[] input)
      throws GeneralSecurityException {
    Cipher blocks = Cipher.getInstance("AES/ECB/NoPadding", provider);
    blocks.init(Cipher.ENCRYPT_MODE, key);
    byte[] out = input.clone();
    for (int at = 0; at < input.length; at += BLOCK) {
      byte[] counter = Arrays.copyOf(iv, BLOCK);
      int number = at / BLOCK + 2;
      counter[14] = (byte) (number >>> 8);
      counter[15] = (byte) number;
      byte[] stream = blocks.doFinal(counter);
      for (int i = 0; i < BLOCK && at + i < out.length; i++) {
        out[at + i] ^= stream[i];
      }
    }
    return out;
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + 7);
    }
    return bytes;
  }
}
