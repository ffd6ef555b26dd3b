package dev.phial.gateway.engine;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.keys.KeyRing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Everything that one batch needs of keys, resolved before any cryptography starts: one consistent view for the whole batch. */
record ResolvedKeys(Map<KeyPurpose, KeyRing> rings, Map<String, Integer> pins) {
  ResolvedKeys {
    rings = Map.copyOf(rings);
    pins = Map.copyOf(pins);
  }

  /**
   * Keeps all the rings' keys in memory until it is closed.
   *
   * @throws dev.phial.crypto.key.KeyDestroyedException when some are gone already
   */
  KeyRing.Hold hold() {
    List<KeyRing.Hold> holds = new ArrayList<>();
    KeyRing.Hold all = () -> holds.forEach(KeyRing.Hold::close);
    try {
      rings.values().forEach(ring -> holds.add(ring.hold()));
    } catch (RuntimeException e) {
      all.close();
      throw e;
    }
    return all;
  }

  KeyRing ring(KeyPurpose purpose) {
    return Objects.requireNonNull(rings.get(purpose), "a ring that no element asked for");
  }

  int pin(String element) {
    return Objects.requireNonNull(pins.get(element), "a pin that no element asked for");
  }
}
