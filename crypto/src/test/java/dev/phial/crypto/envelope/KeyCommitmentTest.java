package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.AesBlocks;
import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.math.BigInteger;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.api.Test;

/**
 * Threat T4: a ciphertext made, with both keys known, to pass GCM under two of them ("invisible salamanders"). GCM itself
 * falls for it; the envelope does not.
 */
class KeyCommitmentTest {
  private static final BigInteger REDUCTION = BigInteger.valueOf(0xe1).shiftLeft(120);
  private static final DataContext CONTEXT = DataContext.of("north", "note");

  private final FipsModule module = FipsModule.start();
  private final EnvelopeCipher cipher = new EnvelopeCipher(module);
  private final DataKey first = Keys.filled(KeyPurpose.ENCRYPT, 7, 1, 0x01);
  private final DataKey second = Keys.filled(KeyPurpose.ENCRYPT, 7, 1, 0x02);

  @Test
  void a_ciphertext_that_GCM_takes_under_two_keys_opens_under_the_committed_one_only()
      throws AEADBadTagException {
    byte[] forged = forge(cipher.seal(first, CONTEXT, new byte[16]));
    for (DataKey key : new DataKey[] {first, second}) {
      assertThat(new AesGcm(module)
              .open(
                  messageKey(key, forged),
                  iv(forged),
                  CONTEXT.canonical(),
                  forged,
                  Layout.CIPHERTEXT_AT))
          .as("GCM alone")
          .hasSize(16);
    }
    assertThat(cipher.open(first, CONTEXT, Envelope.parse(forged))).hasSize(16);
    assertThatThrownBy(() -> cipher.open(second, CONTEXT, Envelope.parse(forged)))
        .isInstanceOf(OpenFailedException.class);
  }

  /** Solves tag1(C) = tag2(C) for the one block C; the tag is linear in it, with the factor H squared. */
  private byte[] forge(byte[] envelope) {
    byte[] k1 = messageKey(first, envelope);
    byte[] k2 = messageKey(second, envelope);
    BigInteger difference =
        element(tagOf(k1, envelope, new byte[16])).xor(element(tagOf(k2, envelope, new byte[16])));
    BigInteger h1 = element(hashKey(k1));
    BigInteger h2 = element(hashKey(k2));
    BigInteger factor = multiply(h1, h1).xor(multiply(h2, h2));
    byte[] block = bytes(multiply(difference, inverse(factor)));
    byte[] forged = envelope.clone();
    System.arraycopy(block, 0, forged, Layout.CIPHERTEXT_AT, 16);
    System.arraycopy(tagOf(k1, envelope, block), 0, forged, Layout.CIPHERTEXT_AT + 16, 16);
    return forged;
  }

  private byte[] messageKey(DataKey key, byte[] envelope) {
    return key.withMaterial(KeyAccess.toKeyMaterial(), material -> {
      byte[] derived = new byte[MessageKeys.DERIVED];
      new MessageKeys(module, material).derive(envelope, derived);
      return Arrays.copyOf(derived, AesGcm.KEY_LENGTH);
    });
  }

  private static byte[] iv(byte[] envelope) {
    return Arrays.copyOfRange(envelope, Layout.NONCE_AT + 12, Layout.NONCE_AT + 24);
  }

  private byte[] hashKey(byte[] key) {
    byte[] h = new byte[16];
    new AesBlocks(module, key).encrypt(new byte[16], 16, h);
    return h;
  }

  /** GCM's tag for a ciphertext block of our choice: the plaintext is that block xor the key stream. */
  private byte[] tagOf(byte[] key, byte[] envelope, byte[] ciphertext) {
    byte[] stream = seal(key, envelope, new byte[16]);
    byte[] plaintext = new byte[16];
    for (int i = 0; i < 16; i++) {
      plaintext[i] = (byte) (stream[i] ^ ciphertext[i]);
    }
    return Arrays.copyOfRange(seal(key, envelope, plaintext), 16, 32);
  }

  private byte[] seal(byte[] key, byte[] envelope, byte[] plaintext) {
    byte[] out = envelope.clone();
    new AesGcm(module)
        .seal(key, iv(envelope), CONTEXT.canonical(), plaintext, out, Layout.CIPHERTEXT_AT);
    return Arrays.copyOfRange(out, Layout.CIPHERTEXT_AT, out.length);
  }

  // GF(2^128) as GCM writes it: the first bit of the first byte is the coefficient of x^0, here the
  // highest bit.

  private static BigInteger element(byte[] block) {
    return new BigInteger(1, block);
  }

  private static byte[] bytes(BigInteger element) {
    byte[] bytes = new byte[16];
    byte[] raw = element.toByteArray();
    int used = Math.min(16, raw.length);
    System.arraycopy(raw, raw.length - used, bytes, 16 - used, used);
    return bytes;
  }

  private static BigInteger multiply(BigInteger x, BigInteger y) {
    BigInteger product = BigInteger.ZERO;
    BigInteger shifted = y;
    for (int bit = 127; bit >= 0; bit--) {
      if (x.testBit(bit)) {
        product = product.xor(shifted);
      }
      boolean carry = shifted.testBit(0);
      shifted = shifted.shiftRight(1);
      if (carry) {
        shifted = shifted.xor(REDUCTION);
      }
    }
    return product;
  }

  /** x to the power of 2^128 - 2. */
  private static BigInteger inverse(BigInteger x) {
    BigInteger result = BigInteger.ONE.shiftLeft(127);
    BigInteger power = x;
    for (int i = 1; i < 128; i++) {
      power = multiply(power, power);
      result = multiply(result, power);
    }
    return result;
  }
}
