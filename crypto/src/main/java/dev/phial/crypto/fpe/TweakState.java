package dev.phial.crypto.fpe;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The CBC-MAC state after P and the whole blocks of one tweak, remembered for the next string: an element's tokens share
 * their tweak unless the caller adds a context.
 */
final class TweakState {
  private @Nullable Rounds owner;
  private byte[] tweak = {};
  private long high;
  private long low;

  boolean isOf(Rounds rounds, byte[] wanted) {
    return owner == rounds && Arrays.equals(tweak, wanted);
  }

  void remember(Rounds rounds, byte[] newTweak, long newHigh, long newLow) {
    owner = rounds;
    tweak = newTweak.clone();
    high = newHigh;
    low = newLow;
  }

  long high() {
    return high;
  }

  long low() {
    return low;
  }
}
