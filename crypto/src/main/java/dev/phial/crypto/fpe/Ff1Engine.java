package dev.phial.crypto.fpe;

import dev.phial.crypto.fips.FipsModule;

/** Who computes FF1 (decision record 0004). Both give the same answers. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public enum Ff1Engine {
  /** Our FF1 over the module's AES: a batch in lockstep, many times faster. */
  COMPOSED,
  /** The module's own FF1: the whole of FF1 inside the validated boundary. */
  MODULE;

  /** FF1 under {@code key} (16, 24 or 32 bytes), of which it takes a copy. */
  public Ff1 under(FipsModule module, byte[] key) {
    throw new UnsupportedOperationException("to come");
  }
}
