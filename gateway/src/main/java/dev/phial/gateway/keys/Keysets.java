package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.VersionState;
import dev.phial.gateway.store.Watch;
import dev.phial.kms.KekRef;
import dev.phial.kms.Kms;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keysets: wrapped in a {@link KeysetStore}, opened by a {@link Kms}, held in memory while in use.
 *
 * <ol>
 *   <li>A key is used only after its version is durable: generate, wrap, commit, then hand out.
 *   <li>A version protects only after every process that shares the store can open it (decision record 0018).
 *   <li>However many callers are first, a keyset is created once, and one of them has the KMS asked.
 *   <li>A key is used for {@link KeyLimits#maxAge} at most without the KMS having said again that it may be, and protects {@link
 *       KeyLimits#usage} at most; {@link KeyLimits#keysets} are in memory.
 *   <li>A failure is not remembered: the next call tries again.
 *   <li>A ring is replaced by later revisions only.
 * </ol>
 *
 * <p>Thread-safe; nothing blocks. {@link #close} wipes the keys: call it when no request is under way any more. The store
 * and the KMSs are the caller's to close, afterwards.
 */
public final class Keysets
    implements KeyResolver, KeyAdministration, PinAdministration, AutoCloseable {
  private final KeysetStore store;
  private final KeyWrapping wrapping;
  private final Pins pins;
  private final PinMoves moves;
  private final Reachability reachability;
  private final Replicas replicas;
  private final Rotations rotations;
  private final Following following;
  private final KeysetSlots slots;
  private volatile boolean closed;

  /**
   * @param store where keysets and pins are kept
   * @param services the KMSs by their configured names
   * @param kek wraps new versions; existing ones stay with the KEK that wrapped them
   * @param random the approved generator that data keys come from
   * @param clock gives the creation times of versions
   * @param care how the opened keys are looked after
   * @throws IllegalArgumentException when {@code services} lacks the KMS of {@code kek}
   */
  public Keysets(
      KeysetStore store,
      Map<String, Kms> services,
      KekRef kek,
      SecureRandom random,
      InstantSource clock,
      KeyCare care) {
    Ages ages = new Ages(clock, care.nanos());
    this.store = store;
    this.wrapping =
        new KeyWrapping(services, kek, random, clock, new Usages(care.limits().usage()));
    this.replicas = new Replicas(store, random, ages);
    this.rotations = new Rotations(store, replicas, care.nanos());
    this.slots = new KeysetSlots(
        care.limits().keysets(),
        name -> new KeysetSlot(
            name, store, wrapping, random, care, ages, rotations, replicas::mayBeBehind));
    this.following = new Following(store, replicas, slots::all, rotations, care.events(), ages);
    this.pins = new Pins(store, slots::get, care.nanos());
    this.moves = new PinMoves(store, slots::get, pins, care.nanos());
    this.reachability = new Reachability(this::ask);
  }

  /** @param nanoTime what ages are counted with; never set back */
  Keysets(
      KeysetStore store,
      Map<String, Kms> services,
      KekRef kek,
      SecureRandom random,
      InstantSource clock,
      LongSupplier nanoTime) {
    this(
        store,
        services,
        kek,
        random,
        clock,
        new KeyCare(KeyLimits.DEFAULTS, KeyEvents.NONE, nanoTime));
  }

  /** The same with {@link KeyCare#DEFAULTS}. */
  public Keysets(
      KeysetStore store,
      Map<String, Kms> services,
      KekRef kek,
      SecureRandom random,
      InstantSource clock) {
    this(store, services, kek, random, clock, KeyCare.DEFAULTS);
  }

  @Override
  public CompletionStage<KeyRing> ring(String tenant, KeyPurpose purpose) {
    KeysetSlot slot = slots.get(new KeysetName(tenant, purpose));
    Optional<KeysetRing> current = slot.current();
    return current.isPresent()
        ? CompletableFuture.completedStage(current.get())
        : guarded(slot::ring).thenApply(ring -> ring);
  }

  @Override
  public CompletionStage<KeyRing> latest(String tenant, KeyPurpose purpose) {
    return guarded(() -> slots.get(new KeysetName(tenant, purpose)).latest())
        .thenApply(ring -> ring);
  }

  @Override
  public CompletionStage<KeyRing> successor(String tenant, KeyPurpose purpose, int used) {
    return guarded(() -> slots.get(new KeysetName(tenant, purpose)).successor(used))
        .<KeyRing>thenApply(ring -> ring)
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(
            cause(failure) instanceof KeysUnavailableException unavailable
                ? noSuccessor(purpose, used, unavailable)
                : cause(failure)));
  }

  private static KeysUnavailableException noSuccessor(
      KeyPurpose purpose, int used, KeysUnavailableException why) {
    return new KeysUnavailableException(
        "version " + used + " of the tenant's " + purpose
            + " key has protected as much as it may (keys.limits), and a new version cannot be made: "
            + why.getMessage(),
        why);
  }

  /** How many keysets are in memory. */
  public int inMemory() {
    return (int) slots.all().stream().filter(slot -> slot.known().isPresent()).count();
  }

  /** The largest share of its limit that a primary in memory has protected, from 0 to 1. */
  public double usedShare() {
    return slots.all().stream()
        .flatMap(slot -> slot.known().stream())
        .mapToDouble(KeysetRing::usedShare)
        .max()
        .orElse(0);
  }

  @Override
  public CompletionStage<Pin> pin(String tenant, String element) {
    return guarded(() -> pins.pin(new PinName(tenant, element)));
  }

  @Override
  public CompletionStage<List<PinView>> pins(Optional<String> tenant) {
    return guarded(() -> moves.pins(tenant));
  }

  @Override
  public CompletionStage<PinView> move(String tenant, String element) {
    return guarded(() -> moves.move(tenant, element));
  }

  @Override
  public CompletionStage<PinView> hold(String tenant, String element) {
    return guarded(() -> moves.hold(tenant, element));
  }

  @Override
  public CompletionStage<PinView> finish(String tenant, String element) {
    return guarded(() -> moves.finish(tenant, element));
  }

  @Override
  public CompletionStage<PinView> cancel(String tenant, String element) {
    return guarded(() -> moves.cancel(tenant, element));
  }

  @Override
  public CompletionStage<List<KeysetView>> list(Optional<String> tenant) {
    return guarded(() -> store.list(tenant))
        .thenApply(keysets -> keysets.stream().map(KeysetViews::of).toList());
  }

  @Override
  public CompletionStage<KeysetView> rotate(String tenant, KeyPurpose purpose) {
    return guarded(() -> rotations.rotate(slots.get(new KeysetName(tenant, purpose))))
        .thenApply(ring -> KeysetViews.of(ring.stored()));
  }

  @Override
  public CompletionStage<KeysetView> disable(String tenant, KeyPurpose purpose, int version) {
    return change(tenant, purpose, new VersionSwitch(version, VersionState.DISABLED));
  }

  @Override
  public CompletionStage<KeysetView> enable(String tenant, KeyPurpose purpose, int version) {
    return change(tenant, purpose, new VersionSwitch(version, VersionState.ENABLED));
  }

  private CompletionStage<KeysetView> change(
      String tenant, KeyPurpose purpose, VersionSwitch change) {
    return guarded(() -> slots.get(new KeysetName(tenant, purpose)).change(change))
        .thenApply(ring -> KeysetViews.of(ring.stored()));
  }

  @Override
  public CompletionStage<KeysetView> rewrap(String tenant, KeyPurpose purpose) {
    return guarded(() -> slots.get(new KeysetName(tenant, purpose)).rewrap())
        .thenApply(ring -> KeysetViews.of(ring.stored()));
  }

  /**
   * Takes over what other processes that share the store have changed, for the keysets in use. To be called now and then
   * where there are several.
   */
  public CompletionStage<@Nullable Void> refresh() {
    return this.<@Nullable Void>guarded(following::look);
  }

  /**
   * From now on other processes wait with a rotation until this one has told that it knows the new version, and this one has to
   * {@link #follow} every {@link Replicas#BEAT}. When the stage completes, they know of this process. For start-up.
   */
  public CompletionStage<Boolean> join() {
    replicas.join();
    return follow().thenApply(done -> true);
  }

  /** As {@link #refresh}, with less to do when nothing has changed; tells the others, and brings pending rotations on. */
  CompletionStage<@Nullable Void> follow() {
    return this.<@Nullable Void>guarded(following::beat);
  }

  /** Calls the listener, until closed, when the store tells that {@link #refresh} may find something. A hint only. */
  public Watch watch(Runnable listener) {
    return store.watch(listener);
  }

  /** Asks the KMS and the store, and completes with what {@link #available} will say. For start-up. */
  public CompletionStage<Boolean> probe() {
    return reachability.ask();
  }

  /**
   * Whether the KMS and the store answered when last asked; for readiness. Does not wait: while the answer is no, each
   * call asks again in the background. False until the first {@link #probe}.
   */
  public boolean available() {
    return !closed && reachability.now();
  }

  @Override
  public void close() {
    closed = true;
    rotations.close();
    var unused = replicas.leave().exceptionally(failure -> null);
    slots.all().forEach(KeysetSlot::close);
  }

  private CompletionStage<Boolean> ask() {
    return guarded(() -> store.check().thenCompose(checked -> wrapping.check()));
  }

  /** The one place where failures become {@link KeysUnavailableException}s. */
  private <T extends @Nullable Object> CompletionStage<T> guarded(
      Supplier<CompletionStage<T>> operation) {
    return started(operation)
        .exceptionallyCompose(failure -> CompletableFuture.failedStage(translated(cause(failure))));
  }

  private RuntimeException translated(Throwable cause) {
    if (cause instanceof KeyStateException refused) {
      return refused;
    }
    if (cause instanceof KeyDestroyedException evicted && !closed) {
      return evicted;
    }
    reachability.lost();
    return new KeysUnavailableException("keys cannot be had: " + cause.getMessage(), cause);
  }

  /** Catches {@link AssertionError} too: the approved module throws it where others throw exceptions. */
  private <T extends @Nullable Object> CompletionStage<T> started(
      Supplier<CompletionStage<T>> operation) {
    if (closed) {
      return CompletableFuture.failedStage(new IllegalStateException("the keys were closed"));
    }
    try {
      return operation.get();
    } catch (RuntimeException | AssertionError e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
