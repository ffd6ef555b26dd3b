package dev.phial.gateway.engine;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.keys.KeyRing;
import dev.phial.gateway.keys.Pin;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Everything that one batch needs of keys, resolved before any cryptography starts: one consistent view for the whole batch. */
record ResolvedKeys(Map<KeyPurpose, KeyRing> rings, Map<String, Pin> pins) {
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

  /** The same keys; versions above all known ones are asked for, except of keysets that were {@code looked} at in the store. */
  ResolvedKeys cautious(Set<KeyPurpose> looked) {
    Map<KeyPurpose, KeyRing> cautious = new EnumMap<>(KeyPurpose.class);
    rings.forEach((purpose, ring) ->
        cautious.put(purpose, looked.contains(purpose) ? ring : new CautiousRing(ring, purpose)));
    return new ResolvedKeys(cautious, pins);
  }

  KeyRing ring(KeyPurpose purpose) {
    return Objects.requireNonNull(rings.get(purpose), "a ring that no element asked for");
  }

  Pin pin(String element) {
    return Objects.requireNonNull(pins.get(element), "a pin that no element asked for");
  }

  /** The version of what is pinned for good: only pins of tokens are moved. */
  int settled(String pin) {
    if (pin(pin) instanceof Pin.Settled settled) {
      return settled.version();
    }
    throw new IllegalStateException("what is not a token cannot be on its way to another version");
  }

  /** The same keys with an element's tokens pinned in another way. */
  ResolvedKeys with(String element, Pin pin) {
    Map<String, Pin> changed = new HashMap<>(pins);
    changed.put(element, pin);
    return new ResolvedKeys(rings, changed);
  }
}
