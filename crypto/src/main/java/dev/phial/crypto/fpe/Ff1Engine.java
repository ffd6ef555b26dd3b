package dev.phial.crypto.fpe;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeptKey;

/** Who computes FF1 (decision record 0004). Both give the same answers. */
public enum Ff1Engine {
  /** Our FF1 over the module's AES: a batch in lockstep, many times faster. */
  COMPOSED {
    @Override
    public Ff1 under(FipsModule module, KeptKey key) {
      return new ComposedFf1(module, key);
    }
  },
  /** The module's own FF1: the whole of FF1 inside the validated boundary. */
  MODULE {
    @Override
    public Ff1 under(FipsModule module, KeptKey key) {
      return new ModuleFf1(module, key);
    }
  };

  /**
   * FF1 under {@code key} (16, 24 or 32 bytes), for as long as that is kept.
   *
   * @throws dev.phial.crypto.fips.FipsModuleException when the module refuses the key
   */
  public abstract Ff1 under(FipsModule module, KeptKey key);

  /** The same under a sample's key, of which it takes a copy. */
  public Ff1 under(FipsModule module, byte[] key) {
    return under(module, KeptKey.ofSample(key));
  }

  /**
   * The same, after both engines have agreed on a sample under this very key.
   *
   * @throws dev.phial.crypto.fips.FipsModuleException when they do not
   */
  public Ff1 crossChecked(FipsModule module, KeptKey key) {
    EngineAgreement.require(COMPOSED.under(module, key), MODULE.under(module, key));
    return under(module, key);
  }
}
