package dev.phial.gateway.keys;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The keysets in memory: at most so many, and the one unused for longest goes first. Thread-safe. */
final class KeysetSlots {
  private final ConcurrentMap<KeysetName, KeysetSlot> slots = new ConcurrentHashMap<>();
  private final Function<KeysetName, KeysetSlot> maker;
  private final int bound;

  KeysetSlots(int bound, Function<KeysetName, KeysetSlot> maker) {
    this.bound = bound;
    this.maker = maker;
  }

  KeysetSlot get(KeysetName name) {
    KeysetSlot known = slots.get(name);
    KeysetSlot slot = known == null ? added(name) : known;
    slot.touch();
    return slot;
  }

  /** The keyset if it is in memory. */
  Optional<KeysetSlot> known(KeysetName name) {
    return Optional.ofNullable(slots.get(name));
  }

  Collection<KeysetSlot> all() {
    return List.copyOf(slots.values());
  }

  private synchronized KeysetSlot added(KeysetName name) {
    KeysetSlot slot = slots.computeIfAbsent(name, maker);
    slot.touch();
    while (slots.size() > bound) {
      evictOtherThan(slot);
    }
    return slot;
  }

  private void evictOtherThan(KeysetSlot newest) {
    slots.entrySet().stream()
        .filter(entry -> entry.getValue() != newest)
        .min(Comparator.comparingLong(entry -> entry.getValue().lastTouched()))
        .ifPresent(entry -> {
          slots.remove(entry.getKey());
          entry.getValue().evict();
        });
  }
}
