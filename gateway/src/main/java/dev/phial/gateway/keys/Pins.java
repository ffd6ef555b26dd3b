package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.KeysetStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The versions that elements' tokens are pinned to: read or written once, then in memory. Thread-safe. */
final class Pins {
  private final KeysetStore store;
  private final Function<KeysetName, KeysetSlot> slots;
  private final ConcurrentMap<PinName, SingleFlight<Integer>> pins = new ConcurrentHashMap<>();

  Pins(KeysetStore store, Function<KeysetName, KeysetSlot> slots) {
    this.store = store;
    this.slots = slots;
  }

  CompletionStage<Integer> version(String tenant, String element) {
    return pins.computeIfAbsent(
            new PinName(tenant, element), name -> new SingleFlight<>(() -> find(name)))
        .get();
  }

  private CompletionStage<Integer> find(PinName name) {
    KeysetSlot slot = slots.apply(new KeysetName(name.tenant(), KeyPurpose.TOKENIZE));
    return slot.ring()
        .thenCompose(ring -> store
            .pinned(name.tenant(), name.element())
            .thenCompose(pinned -> pinned.isPresent()
                ? CompletableFuture.completedStage(pinned.get())
                : pin(name, ring))
            .thenCompose(version -> known(version, ring, slot)));
  }

  private CompletionStage<Integer> pin(PinName name, KeysetRing ring) {
    return store.pin(name.tenant(), name.element(), ring.stored().primary());
  }

  /** Another process may have rotated and pinned to a version that we have not seen. */
  private static CompletionStage<Integer> known(int version, KeysetRing ring, KeysetSlot slot) {
    return ring.version(version) instanceof KeyRing.Lookup.Unknown
        ? slot.refresh().thenApply(refreshed -> version)
        : CompletableFuture.completedStage(version);
  }
}
