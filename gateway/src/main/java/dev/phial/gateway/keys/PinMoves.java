package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.PinPhase;
import dev.phial.gateway.store.StoredPin;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The steps of a move, each one compare-and-set. How long a pin has been held is counted by this process alone, from when it
 * first saw it held: no two clocks are compared, and a process that was restarted counts anew.
 */
final class PinMoves implements PinAdministration {
  /** Longer than the lease by what a call may need that has just looked. */
  static final Duration HOLD = Pins.LEASE.plusSeconds(15);

  private final KeysetStore store;
  private final Function<KeysetName, KeysetSlot> slots;
  private final Pins pins;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<PinName, FirstSeen> holds = new ConcurrentHashMap<>();

  PinMoves(
      KeysetStore store, Function<KeysetName, KeysetSlot> slots, Pins pins, LongSupplier nanoTime) {
    this.store = store;
    this.slots = slots;
    this.pins = pins;
    this.nanoTime = nanoTime;
  }

  @Override
  public CompletionStage<List<PinView>> pins(Optional<String> tenant) {
    return store.pins(tenant).thenApply(all -> all.stream().map(PinView::of).toList());
  }

  @Override
  public CompletionStage<PinView> move(String tenant, String element) {
    KeysetSlot slot = slots.apply(new KeysetName(tenant, KeyPurpose.TOKENIZE));
    return existing(tenant, element)
        .thenCombine(
            slot.refresh().thenCompose(seen -> slot.ring()),
            (pin, ring) -> moving(pin, ring.stored().primary()))
        .thenCompose(this::replace);
  }

  private static StoredPin moving(StoredPin pin, int primary) {
    require(
        pin.phase() == PinPhase.SETTLED,
        "the element's tokens are being moved already; finish or cancel that first");
    require(
        pin.version() != primary,
        "the element's tokens are of the primary version already; rotate the keyset first");
    return pin.movingTo(primary);
  }

  @Override
  public CompletionStage<PinView> hold(String tenant, String element) {
    return existing(tenant, element).thenCompose(pin -> {
      require(
          pin.phase() != PinPhase.SETTLED, "the element's tokens are not being moved; move first");
      return pin.phase() == PinPhase.HELD
          ? seenHeld(pin)
          : replace(pin.held()).thenApply(view -> {
            heldFor(pin.held());
            return view;
          });
    });
  }

  private CompletionStage<PinView> seenHeld(StoredPin pin) {
    heldFor(pin);
    return CompletableFuture.completedStage(PinView.of(pin));
  }

  @Override
  public CompletionStage<PinView> finish(String tenant, String element) {
    return existing(tenant, element).thenCompose(pin -> {
      require(
          pin.phase() == PinPhase.HELD,
          "the element's tokens are not held; hold first, so that nobody takes a new token for an old one");
      Duration left = HOLD.minus(heldFor(pin));
      require(
          left.isNegative() || left.isZero(),
          "not every gateway may know yet that the element is held; try again in "
              + (left.toSeconds() + 1) + " s");
      return replace(pin.moved());
    });
  }

  @Override
  public CompletionStage<PinView> cancel(String tenant, String element) {
    return existing(tenant, element).thenCompose(pin -> {
      require(pin.phase() != PinPhase.SETTLED, "the element's tokens are not being moved");
      return replace(pin.cancelled());
    });
  }

  private Duration heldFor(StoredPin pin) {
    long now = nanoTime.getAsLong();
    FirstSeen first = holds.compute(
        new PinName(pin.tenant(), pin.element()),
        (name, known) -> known != null && known.revision() == pin.revision()
            ? known
            : new FirstSeen(pin.revision(), now));
    return Duration.ofNanos(now - first.at());
  }

  private CompletionStage<StoredPin> existing(String tenant, String element) {
    return store
        .pin(tenant, element)
        .thenApply(
            found -> found.orElseThrow(
                () -> new KeyStateException(
                    "this tenant has no tokens of the element that are pinned; see: phial keys pins list")));
  }

  private CompletionStage<PinView> replace(StoredPin next) {
    PinName name = new PinName(next.tenant(), next.element());
    return store.compareAndSet(next).thenApply(won -> {
      require(won, "somebody else has just moved the element's tokens; look again");
      pins.changed(name);
      if (next.phase() == PinPhase.SETTLED) {
        holds.remove(name);
      }
      return PinView.of(next);
    });
  }

  private static void require(boolean fits, String message) {
    if (!fits) {
      throw new KeyStateException(message);
    }
  }

  private record FirstSeen(long revision, long at) {}
}
