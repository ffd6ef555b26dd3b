package dev.phial.crypto.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.AesBlocks;
import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.testing.Keys;
import java.math.BigInteger;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threat T4: a ciphertext made, with both keys known, to pass GCM under two of them ("invisible salamanders"). GCM itself
 * falls for it; no sealed form does.
 */
class KeyCommitmentTest {
  private static final int BLOCK = 16;
  private static final BigInteger REDUCTION = BigInteger.valueOf(0xe1).shiftLeft(120);
  private static final DataContext CONTEXT = DataContext.of("north", "note");

  private final FipsModule module = FipsModule.start();
  private final DataKey first = Keys.filled(KeyPurpose.ENCRYPT, 7, 1, 0x01);
  private final DataKey second = Keys.filled(KeyPurpose.ENCRYPT, 7, 1, 0x02);

  @ParameterizedTest
  @EnumSource(SealedForm.class)
  void T4_a_ciphertext_that_GCM_takes_under_two_keys_opens_under_the_committed_one_only(
      SealedForm form) throws AEADBadTagException {
    byte[] forged = forge(form, form.seal(first, CONTEXT, new byte[BLOCK]));
    for (DataKey key : new DataKey[] {first, second}) {
      assertThat(new AesGcm(module)
              .open(
                  messageKey(key, forged),
                  form.iv(forged),
                  form.canonical(CONTEXT),
                  forged,
                  form.headerLength))
          .as("GCM alone")
          .hasSize(forged.length - form.headerLength - 16);
    }
    assertThatThrownBy(() -> form.open(second, CONTEXT, forged))
        .isInstanceOf(OpenFailedException.class);
    if (form == SealedForm.RECORD) {
      // Authentic and committed, but what a forger can choose is ciphertext, so no field comes out.
      assertThatThrownBy(() -> form.open(first, CONTEXT, forged))
          .isInstanceOf(EnvelopeFormatException.class);
    } else {
      assertThat(form.open(first, CONTEXT, forged)).hasSize(BLOCK);
    }
  }

  @ParameterizedTest
  @EnumSource(SealedForm.class)
  void T4_every_bit_flipped_once_is_refused(SealedForm form) {
    byte[] sealed = form.seal(first, CONTEXT, new byte[BLOCK]);
    assertThat(form.opens(first, CONTEXT, sealed)).isTrue();
    for (int bit = 0; bit < sealed.length * 8; bit++) {
      byte[] changed = sealed.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(form.opens(first, CONTEXT, changed)).as("bit %d", bit).isFalse();
    }
  }

  /**
   * Solves tag1(C) = tag2(C) for the last whole block of the ciphertext; the tag is linear in it, with a power of H as the
   * factor: H squared when it is the last block, H to the third when part of one follows.
   */
  private byte[] forge(SealedForm form, byte[] sealed) {
    byte[] k1 = messageKey(first, sealed);
    byte[] k2 = messageKey(second, sealed);
    int length = sealed.length - form.headerLength - 16;
    int at = form.headerLength + (length / BLOCK - 1) * BLOCK;
    byte[] zero = sealed.clone();
    Arrays.fill(zero, at, at + BLOCK, (byte) 0);
    BigInteger difference = element(tagOf(form, k1, zero)).xor(element(tagOf(form, k2, zero)));
    int power = length % BLOCK == 0 ? 2 : 3;
    BigInteger factor = power(element(hashKey(k1)), power).xor(power(element(hashKey(k2)), power));
    byte[] block = bytes(multiply(difference, inverse(factor)));
    byte[] forged = zero.clone();
    System.arraycopy(block, 0, forged, at, BLOCK);
    System.arraycopy(tagOf(form, k1, forged), 0, forged, forged.length - 16, 16);
    return forged;
  }

  private byte[] messageKey(DataKey key, byte[] envelope) {
    return key.withMaterial(KeyAccess.toKeyMaterial(), material -> {
      byte[] derived = new byte[MessageKeys.DERIVED];
      new MessageKeys(module, KeptKey.ofSample(material)).derive(envelope, derived);
      return Arrays.copyOf(derived, AesGcm.KEY_LENGTH);
    });
  }

  private byte[] hashKey(byte[] key) {
    byte[] h = new byte[16];
    new AesBlocks(module, key).encrypt(new byte[16], 16, h);
    return h;
  }

  /** GCM's tag for a ciphertext of our choice: the plaintext is that ciphertext xor the key stream. */
  private byte[] tagOf(SealedForm form, byte[] key, byte[] wanted) {
    byte[] plaintext = new byte[wanted.length - form.headerLength - 16];
    byte[] stream = seal(form, key, wanted, plaintext);
    for (int i = 0; i < plaintext.length; i++) {
      plaintext[i] = (byte) (stream[form.headerLength + i] ^ wanted[form.headerLength + i]);
    }
    byte[] made = seal(form, key, wanted, plaintext);
    return Arrays.copyOfRange(made, made.length - 16, made.length);
  }

  private byte[] seal(SealedForm form, byte[] key, byte[] sealed, byte[] plaintext) {
    byte[] out = sealed.clone();
    new AesGcm(module)
        .seal(key, form.iv(sealed), form.canonical(CONTEXT), plaintext, out, form.headerLength);
    return out;
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

  private static BigInteger power(BigInteger x, int power) {
    BigInteger result = x;
    for (int i = 1; i < power; i++) {
      result = multiply(result, x);
    }
    return result;
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
