package dev.phial.gateway.engine;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.keys.KeyRing;
import java.util.List;

/**
 * A ring that does not take itself for the newest: of a version above all that it knows, it does not say that there is none, but
 * asks for a look at the store. Another gateway may have added it since.
 *
 * @param ring the ring
 * @param purpose of its keyset
 */
record CautiousRing(KeyRing ring, KeyPurpose purpose) implements KeyRing {

  @Override
  public Lookup version(int version) {
    Lookup found = ring.version(version);
    if (found instanceof Lookup.Unknown && version > ring.newest()) {
      throw new NewerVersionException(purpose);
    }
    return found;
  }

  @Override
  public DataKey primary() {
    return ring.primary();
  }

  @Override
  public int newest() {
    return ring.newest();
  }

  @Override
  public List<DataKey> usable() {
    return ring.usable();
  }

  @Override
  public long keysetId() {
    return ring.keysetId();
  }

  @Override
  public Hold hold() {
    return ring.hold();
  }
}
