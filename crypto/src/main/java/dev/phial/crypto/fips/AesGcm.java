package dev.phial.crypto.fips;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one place where GCM encrypts (threat T1). The module accepts the same IV twice, a second {@code doFinal} without an
 * {@code init}, short tags and odd IVs; this class offers none of that: whole messages only, a fresh {@code init} for
 * each, 256-bit keys, 96-bit IVs, 128-bit tags.
 *
 * <p>That no IV repeats under a key is the caller's to guarantee, and the envelope is the only caller: an architecture
 * test says so. Not thread-safe.
 */
public final class AesGcm {
  public static final int KEY_LENGTH = 32;
  public static final int IV_LENGTH = 12;
  public static final int TAG_LENGTH = 16;

  /** Header and context of most messages; public, so never wiped. */
  private static final int USUAL_ASSOCIATED = 512;

  private final Cipher cipher;
  private final byte[] associated = new byte[USUAL_ASSOCIATED];

  public AesGcm(FipsModule module) {
    this(module.provider());
  }

  AesGcm(Provider provider) {
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
      throw new FipsModuleException(
          "the module does not offer AES-GCM: see the cause and its health", e);
    }
  }

  /** Writes ciphertext and tag to {@code out} from {@code at} on. The header authenticated is {@code out[0..at)}. */
  public void seal(byte[] key, byte[] iv, byte[] context, byte[] plaintext, byte[] out, int at) {
    try {
      begin(Cipher.ENCRYPT_MODE, key, iv);
      authenticate(out, at, context);
      cipher.doFinal(plaintext, 0, plaintext.length, out, at);
    } catch (GeneralSecurityException | IllegalStateException | AssertionError e) {
      throw new FipsModuleException(
          "the module refused to encrypt: see the cause and its health", e);
    }
  }

  /**
   * The plaintext of what lies in {@code in} from {@code at} on; {@code in[0..at)} is the header authenticated.
   *
   * @throws AEADBadTagException when any of it is not what was sealed
   */
  public byte[] open(byte[] key, byte[] iv, byte[] context, byte[] in, int at)
      throws AEADBadTagException {
    try {
      begin(Cipher.DECRYPT_MODE, key, iv);
      authenticate(in, at, context);
      return cipher.doFinal(in, at, in.length - at);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException | IllegalStateException | AssertionError e) {
      throw new FipsModuleException(
          "the module refused to decrypt: see the cause and its health", e);
    }
  }

  /** A call of the module costs more than to copy a header and a context, which nearly always are short. */
  private void authenticate(byte[] message, int header, byte[] context) {
    int length = header + context.length;
    if (length > associated.length) {
      cipher.updateAAD(message, 0, header);
      cipher.updateAAD(context);
      return;
    }
    System.arraycopy(message, 0, associated, 0, header);
    System.arraycopy(context, 0, associated, header, context.length);
    cipher.updateAAD(associated, 0, length);
  }

  /**
   * Puts the ciphertext and tag of {@code plaintext} into {@code out}; both are used up. Array-backed buffers only, and not
   * one array.
   */
  public void seal(byte[] key, byte[] iv, byte[] associated, ByteBuffer plaintext, ByteBuffer out) {
    try {
      begin(Cipher.ENCRYPT_MODE, key, iv);
      cipher.updateAAD(associated);
      whole(plaintext, out);
    } catch (GeneralSecurityException | IllegalStateException | AssertionError e) {
      throw new FipsModuleException(
          "the module refused to encrypt: see the cause and its health", e);
    }
  }

  /**
   * Puts the plaintext of {@code sealed}, ciphertext and tag, into {@code out}; both are used up. Array-backed buffers only,
   * and not one array.
   *
   * @throws AEADBadTagException when any of it is not what was sealed; {@code out} is not to be read then
   */
  public void open(byte[] key, byte[] iv, byte[] associated, ByteBuffer sealed, ByteBuffer out)
      throws AEADBadTagException {
    try {
      begin(Cipher.DECRYPT_MODE, key, iv);
      cipher.updateAAD(associated);
      whole(sealed, out);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException | IllegalStateException | AssertionError e) {
      throw new FipsModuleException(
          "the module refused to decrypt: see the cause and its health", e);
    }
  }

  /**
   * What the module itself makes of a published vector: any key size and IV, decryption only.
   *
   * @throws AEADBadTagException when the module finds it not authentic
   */
  static byte[] openVector(
      FipsModule module, byte[] key, byte[] iv, byte[] associated, byte[] sealed)
      throws AEADBadTagException {
    AesGcm gcm = new AesGcm(module);
    try {
      gcm.init(Cipher.DECRYPT_MODE, key, iv);
      gcm.cipher.updateAAD(associated);
      return gcm.cipher.doFinal(sealed);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
      throw new FipsModuleException(
          "the module refused to decrypt: see the cause and its health", e);
    }
  }

  private void whole(ByteBuffer in, ByteBuffer out) throws GeneralSecurityException {
    int made = cipher.doFinal(
        in.array(),
        in.arrayOffset() + in.position(),
        in.remaining(),
        out.array(),
        out.arrayOffset() + out.position());
    in.position(in.limit());
    out.position(out.position() + made);
  }

  private void begin(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    if (key.length != KEY_LENGTH || iv.length != IV_LENGTH) {
      throw new IllegalArgumentException("AES-256-GCM takes a 256-bit key and a 96-bit IV");
    }
    init(mode, key, iv);
  }

  private void init(int mode, byte[] key, byte[] iv) throws GeneralSecurityException {
    cipher.init(
        mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, iv));
  }
}
