package dev.phial.gateway.keys;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keysets: wrapped in a {@link KeysetStore}, opened by a {@link Kms}, held in memory while in use.
 *
 * <ol>
 *   <li>A key is used only after its version is durable: generate, wrap, commit, then hand out.
 *   <li>However many callers are first, a keyset is created once; a version is unwrapped once in the life of the process.
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
  private final SecureRandom random;
  private final Pins pins;
  private final PinMoves moves;
  private final Reachability reachability;
  private final ConcurrentMap<KeysetName, KeysetSlot> slots = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param store where keysets and pins are kept
   * @param services the KMSs by their configured names
   * @param kek wraps new versions; existing ones stay with the KEK that wrapped them
   * @param random the approved generator that data keys come from
   * @param clock gives the creation times of versions
   * @throws IllegalArgumentException when {@code services} lacks the KMS of {@code kek}
   */
  public Keysets(
      KeysetStore store,
      Map<String, Kms> services,
      KekRef kek,
      SecureRandom random,
      InstantSource clock) {
    this(store, services, kek, random, clock, System::nanoTime);
  }

  /** @param nanoTime what ages are counted with; never set back */
  Keysets(
      KeysetStore store,
      Map<String, Kms> services,
      KekRef kek,
      SecureRandom random,
      InstantSource clock,
      LongSupplier nanoTime) {
    this.store = store;
    this.wrapping = new KeyWrapping(services, kek, random, clock);
    this.random = random;
    this.pins = new Pins(store, this::slot, nanoTime);
    this.moves = new PinMoves(store, this::slot, pins, nanoTime);
    this.reachability = new Reachability(this::ask);
  }

  @Override
  public CompletionStage<KeyRing> ring(String tenant, KeyPurpose purpose) {
    KeysetSlot slot = slot(new KeysetName(tenant, purpose));
    Optional<KeysetRing> current = slot.current();
    return current.isPresent()
        ? CompletableFuture.completedStage(current.get())
        : guarded(slot::ring).thenApply(ring -> ring);
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
    return guarded(() -> slot(new KeysetName(tenant, purpose)).rotate())
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
    return guarded(() -> slot(new KeysetName(tenant, purpose)).change(change))
        .thenApply(ring -> KeysetViews.of(ring.stored()));
  }

  @Override
  public CompletionStage<KeysetView> rewrap(String tenant, KeyPurpose purpose) {
    return guarded(() -> slot(new KeysetName(tenant, purpose)).rewrap())
        .thenApply(ring -> KeysetViews.of(ring.stored()));
  }

  /**
   * Takes over what other processes that share the store have changed, for the keysets in use. To be called now and then
   * where there are several.
   */
  public CompletionStage<@Nullable Void> refresh() {
    return this.<@Nullable Void>guarded(() -> CompletableFuture.allOf(slots.values().stream()
        .map(slot -> slot.refresh().toCompletableFuture())
        .toArray(CompletableFuture<?>[]::new)));
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
    slots.values().forEach(KeysetSlot::close);
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

  private KeysetSlot slot(KeysetName name) {
    KeysetSlot known = slots.get(name);
    return known != null
        ? known
        : slots.computeIfAbsent(name, n -> new KeysetSlot(n, store, wrapping, random));
  }
}
