package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeptKey;
import java.util.Arrays;

/**
 * The construction under the sealed forms without header and commitment, for its published vectors: there the nonce is given. It
 * tells whether a ciphertext comes out and never gives one, so it cannot be used to encrypt.
 */
public final class XaesSample {
  private XaesSample() {}

  /** Whether XAES-256-GCM of {@code plaintext} is {@code expected}, tag included. */
  public static boolean comesOut(
      FipsModule module,
      byte[] key,
      byte[] nonce,
      byte[] associated,
      byte[] plaintext,
      byte[] expected) {
    byte[] header = new byte[Layout.OVERHEAD];
    System.arraycopy(nonce, 0, header, Layout.NONCE_AT, Layout.NONCE_LENGTH);
    byte[] derived = new byte[MessageKeys.DERIVED];
    new MessageKeys(module, KeptKey.ofSample(key)).derive(header, derived);
    byte[] messageKey = Arrays.copyOf(derived, AesGcm.KEY_LENGTH);
    byte[] iv = Arrays.copyOfRange(nonce, AesGcm.IV_LENGTH, Layout.NONCE_LENGTH);
    byte[] out = new byte[plaintext.length + AesGcm.TAG_LENGTH];
    new AesGcm(module).seal(messageKey, iv, associated, plaintext, out, 0);
    return Arrays.equals(out, expected);
  }
}
