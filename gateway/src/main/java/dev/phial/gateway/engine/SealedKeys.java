package dev.phial.gateway.engine;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.gateway.keys.KeyRing;

/** Finds the key that a sealed record or document names. */
final class SealedKeys {
  private SealedKeys() {}

  /**
   * The key of that id.
   *
   * @param what the sealed thing, in words that hold no value
   * @throws EngineException when it is not of this tenant, or was retired
   */
  static DataKey of(KeyRing ring, KeyId named, String what) {
    if (named.keyset() != ring.keysetId()) {
      throw notAuthentic(what);
    }
    KeyRing.Lookup version = ring.version(named.version());
    if (version instanceof KeyRing.Lookup.Usable usable) {
      return usable.key();
    }
    if (version instanceof KeyRing.Lookup.Retired retired) {
      throw new EngineException(
          RefusalCode.KEY_RETIRED,
          what + ": key version " + named.version() + " is " + retired.state()
              + "; an administrator can say more");
    }
    throw notAuthentic(what);
  }

  static EngineException notAuthentic(String what) {
    return new EngineException(
        RefusalCode.NOT_AUTHENTIC,
        what + " is not one of this tenant, name and context, or was changed");
  }
}
