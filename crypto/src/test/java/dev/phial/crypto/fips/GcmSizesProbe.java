package dev.phial.crypto.fips;

import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Threat T18 in a process of its own: seals messages of random sizes and opens each by one {@code doFinal}, as the product
 * does, and by {@code update} in two parts and {@code doFinal}, as it never does. Prints the variant of the module's native code
 * and a digest of all that it saw.
 */
public final class GcmSizesProbe {
  private static final int LARGEST = 70_000;
  private static final PrintStream OUT = System.out;

  private final FipsModule module = FipsModule.start();
  private final AesGcm gcm = new AesGcm(module);
  private final SplittableRandom random = new SplittableRandom(18);
  private final byte[] key = new byte[32];
  private final byte[] iv = new byte[12];

  private GcmSizesProbe() {}

  public static void main(String[] args) throws GeneralSecurityException {
    GcmSizesProbe probe = new GcmSizesProbe();
    String digest = probe.run(Integer.parseInt(args[0]));
    OUT.println("variant=" + probe.module.info().nativeVariant());
    OUT.println("digest=" + digest);
  }

  private String run(int count) throws GeneralSecurityException {
    MessageDigest seen = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < count; i++) {
      byte[] plaintext = new byte[random.nextInt(LARGEST + 1)];
      random.nextBytes(plaintext);
      ByteBuffer.wrap(iv).putInt(i);
      byte[] sealed = new byte[plaintext.length + AesGcm.TAG_LENGTH];
      gcm.seal(key, iv, new byte[] {1, 2, 3}, plaintext, sealed, 0);
      seen.update(sealed);
      require(plaintext, gcm.open(key, iv, new byte[] {1, 2, 3}, sealed, 0));
      require(plaintext, inParts(sealed, random.nextInt(sealed.length + 1)));
    }
    return HexFormat.of().formatHex(seen.digest());
  }

  private byte[] inParts(byte[] sealed, int cut) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", module.provider());
    cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, iv));
    cipher.updateAAD(new byte[] {1, 2, 3});
    byte[] out = new byte[sealed.length];
    int given = cipher.update(sealed, 0, cut, out, 0);
    given += cipher.doFinal(sealed, cut, sealed.length - cut, out, given);
    return Arrays.copyOf(out, given);
  }

  private static void require(byte[] expected, byte[] opened) {
    if (!Arrays.equals(expected, opened)) {
      throw new AssertionError("a message of " + expected.length + " bytes did not open to itself");
    }
  }
}
