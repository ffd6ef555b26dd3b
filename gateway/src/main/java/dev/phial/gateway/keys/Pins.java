package dev.phial.gateway.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.StoredPin;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The versions that elements' tokens are pinned to: written at first use, read again now and then. Thread-safe. */
final class Pins {
  /** For how long a process relies on a pin it has read. */
  static final Duration LEASE = Duration.ofSeconds(60);

  /** A pin is about 200 bytes here; one that is not kept costs a read of the store. */
  private static final int KEPT = 100_000;

  private final KeysetStore store;
  private final Function<KeysetName, KeysetSlot> slots;
  private final LongSupplier nanoTime;
  private final Cache<PinName, PinCell> cells =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  Pins(KeysetStore store, Function<KeysetName, KeysetSlot> slots, LongSupplier nanoTime) {
    this.store = store;
    this.slots = slots;
    this.nanoTime = nanoTime;
  }

  CompletionStage<Pin> pin(PinName name) {
    return cells.get(name, n -> new PinCell(() -> read(n), nanoTime)).pin();
  }

  /** What was read of it does not count any more. */
  void changed(PinName name) {
    cells.invalidate(name);
  }

  private CompletionStage<Pin> read(PinName name) {
    KeysetSlot slot = slots.apply(new KeysetName(name.tenant(), KeyPurpose.TOKENIZE));
    return slot.ring()
        .thenApply(Pins::alive)
        .thenCompose(ring -> store
            .pin(name.tenant(), name.element())
            .thenCompose(found -> found.isPresent()
                ? CompletableFuture.completedStage(found.get())
                : create(name, ring))
            .thenCompose(stored -> known(stored, ring, slot)));
  }

  /** A tenant whose keys are destroyed gets no new pins. */
  private static KeysetRing alive(KeysetRing ring) {
    if (ring.stored().isEnding()) {
      throw Endings.retired(ring.stored());
    }
    return ring;
  }

  private CompletionStage<StoredPin> create(PinName name, KeysetRing ring) {
    return store.create(
        StoredPin.first(name.tenant(), name.element(), ring.stored().primary()));
  }

  /** Another process may have rotated and pinned to a version that we have not seen. */
  private static CompletionStage<Pin> known(StoredPin stored, KeysetRing ring, KeysetSlot slot) {
    boolean seen = isKnown(ring, stored.version()) && isKnown(ring, stored.target());
    return seen
        ? CompletableFuture.completedStage(Pin.of(stored))
        : slot.refresh().thenApply(refreshed -> Pin.of(stored));
  }

  private static boolean isKnown(KeysetRing ring, int version) {
    return !(ring.version(version) instanceof KeyRing.Lookup.Unknown);
  }
}
