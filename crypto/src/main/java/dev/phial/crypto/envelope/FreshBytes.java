package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.FipsModule;

/**
 * Random bytes that no copy of this process' memory repeats: the approved generator's, xor the kernel's at that moment
 * (decision record 0003). Thread-safe.
 */
public final class FreshBytes {
  private final FipsModule module;
  private final KernelRandom kernel = KernelRandom.open();

  public FreshBytes(FipsModule module) {
    this.module = module;
  }

  public byte[] next(int length) {
    byte[] bytes = new byte[length];
    byte[] fresh = new byte[length];
    module.random().nextBytes(bytes);
    kernel.fill(fresh);
    for (int i = 0; i < length; i++) {
      bytes[i] ^= fresh[i];
    }
    return bytes;
  }
}
