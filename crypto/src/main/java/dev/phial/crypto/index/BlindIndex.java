package dev.phial.crypto.index;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;

/** stub */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class BlindIndex {
  private final FipsModule module;

  private BlindIndex(FipsModule module) {
    this.module = module;
  }

  /** The index of one element of one tenant under one key; worth keeping. */
  public static BlindIndex of(FipsModule module, DataKey key, String tenant, String element) {
    key.requirePurpose(dev.phial.crypto.key.KeyPurpose.INDEX);
    return new BlindIndex(module);
  }

  /** The digest of {@code value} as {@code ix1:} and base64url. */
  public String digest(byte[] value) {
    throw new UnsupportedOperationException("to come");
  }
}
