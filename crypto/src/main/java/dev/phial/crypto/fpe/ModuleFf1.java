package dev.phial.crypto.fpe;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.FipsModuleException;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.pool.Pool;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jcajce.spec.FPEParameterSpec;
import org.jspecify.annotations.Nullable;

/** The module's own FF1, one string at a time. */
final class ModuleFf1 implements Ff1 {
  private final KeptKey key;
  private final Pool<Lane> encrypting;
  private final Pool<Lane> decrypting;

  ModuleFf1(FipsModule module, KeptKey key) {
    this.key = key;
    this.encrypting =
        key.pool(KeyAccess.toKeyMaterial(), bytes -> new Lane(module, Cipher.ENCRYPT_MODE));
    this.decrypting =
        key.pool(KeyAccess.toKeyMaterial(), bytes -> new Lane(module, Cipher.DECRYPT_MODE));
    // Refuse an unfit key now, not at the first token.
    encrypting.giveBack(encrypting.borrow().ready(10, new byte[0]));
  }

  @Override
  public void encrypt(int radix, byte[][] numerals, byte[][] tweaks) {
    run(encrypting, radix, numerals, tweaks);
  }

  @Override
  public void decrypt(int radix, byte[][] numerals, byte[][] tweaks) {
    run(decrypting, radix, numerals, tweaks);
  }

  private static void run(Pool<Lane> lanes, int radix, byte[][] numerals, byte[][] tweaks) {
    Ff1Domain.require(radix, numerals, tweaks);
    Lane lane = lanes.borrow();
    for (int i = 0; i < numerals.length; i++) {
      byte[] result = lane.ready(radix, tweaks[i]).apply(numerals[i]);
      System.arraycopy(result, 0, numerals[i], 0, result.length);
    }
    lanes.giveBack(lane);
  }

  /** A cipher that remembers what it is set up for: an init costs three times an encryption. */
  private final class Lane {
    private final Cipher cipher;
    private final int mode;
    private int radix;
    private byte @Nullable [] tweak;

    Lane(FipsModule module, int mode) {
      this.mode = mode;
      try {
        cipher = Cipher.getInstance("AES/FF1/NoPadding", module.provider());
      } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
        throw new FipsModuleException(
            "the module does not offer FF1: see the cause and its health", e);
      }
    }

    Lane ready(int wantedRadix, byte[] wantedTweak) {
      if (radix != wantedRadix || !Arrays.equals(tweak, wantedTweak)) {
        init(wantedRadix, wantedTweak.clone());
      }
      return this;
    }

    private void init(int newRadix, byte[] newTweak) {
      key.use(KeyAccess.toKeyMaterial(), bytes -> {
        init(new SecretKeySpec(bytes, "AES"), new FPEParameterSpec(newRadix, newTweak));
        return this;
      });
      radix = newRadix;
      tweak = newTweak;
    }

    private void init(SecretKeySpec bytes, FPEParameterSpec parameters) {
      try {
        cipher.init(mode, bytes, parameters);
      } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
        throw new FipsModuleException("the module refused an FF1 key or tweak: see the cause", e);
      }
    }

    byte[] apply(byte[] numerals) {
      try {
        return Objects.requireNonNull(cipher.doFinal(numerals));
      } catch (GeneralSecurityException | RuntimeException | AssertionError e) {
        throw new FipsModuleException(
            "the module refused an FF1 operation: see the cause and its health", e);
      }
    }
  }
}
