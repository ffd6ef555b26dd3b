package dev.phial.crypto.fpe;

import dev.phial.crypto.fips.FipsModuleException;
import java.util.Arrays;

/** Compares the engines under a key that is about to be used: a wrong token would be stored, and found out late. */
final class EngineAgreement {
  private static final byte[] TWEAK = {
    'p', 'h', 'i', 'a', 'l', ' ', 's', 'e', 'l', 'f', ' ', 'c', 'h', 'e', 'c', 'k'
  };

  private EngineAgreement() {}

  static void require(Ff1 composed, Ff1 module) {
    // One domain whose halves fit a long with one AES block, one with more, and one that needs
    // exact arithmetic.
    requireOn(composed, module, 10, 9);
    requireOn(composed, module, 62, 14);
    requireOn(composed, module, 256, 24);
  }

  private static void requireOn(Ff1 composed, Ff1 module, int radix, int length) {
    byte[] sample = new byte[length];
    for (int i = 0; i < length; i++) {
      sample[i] = (byte) ((i * 7 + 3) % radix);
    }
    byte[][] tweaks = {TWEAK};
    byte[][] ours = {sample.clone()};
    byte[][] theirs = {sample.clone()};
    composed.encrypt(radix, ours, tweaks);
    module.encrypt(radix, theirs, tweaks);
    boolean same = Arrays.equals(ours[0], theirs[0]);
    composed.decrypt(radix, ours, tweaks);
    if (!same || !Arrays.equals(ours[0], sample)) {
      throw new FipsModuleException(
          "the two FF1 engines disagree under a loaded key: nothing is tokenized with it; report it with the module's version");
    }
  }
}
