package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyDestroyedException;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One keyset in this process: its current ring, and the changes to it one after the other.
 *
 * <p>Readers take the ring from one reference. Whatever may change it (first load, rotation, refresh) waits in one line,
 * so a ring is only ever replaced by a later revision. Other processes are met in the store: a lost compare-and-set means
 * reading again.
 *
 * <p>The keys age from the moment when the KMS opened them. Long before they are too old, a call has the KMS asked again beside
 * it; when they are too old, calls wait for that answer. A KMS that refuses ends their use at once, one that is silent does when
 * they are too old.
 */
final class KeysetSlot {
  private static final int ATTEMPTS = 16;

  /** Whoever sends names of versions that there are not must not become a load on the store. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final KeysetName name;
  private final KeysetStore store;
  private final KeyWrapping wrapping;
  private final SecureRandom random;
  private final Line line = new Line();
  private final KeyCare care;
  private final Ages ages;
  private final Rotations rotations;
  private final BooleanSupplier behind;
  private final SharedAttempt<KeysetRing> fresh;
  private final LaterAttempt<KeysetRing> latest;
  private final Chore confirming;
  private final Chore renewing;
  /** Every key that was opened, by version, until {@link #close}. Guarded by this. */
  private final Map<Integer, DataKey> keys = new HashMap<>();

  /** Counts the calls at work with {@link #keys}; another one when those have gone. Guarded by this. */
  private Holds holds = new Holds();

  private volatile @Nullable KeysetRing ring;
  private volatile Ages.Moment confirmed;
  private volatile boolean stale;
  private volatile long touched;
  private boolean closed;

  KeysetSlot(
      KeysetName name,
      KeysetStore store,
      KeyWrapping wrapping,
      SecureRandom random,
      KeyCare care,
      Ages ages,
      Rotations rotations,
      BooleanSupplier behind) {
    this.name = name;
    this.store = store;
    this.wrapping = wrapping;
    this.random = random;
    this.care = care;
    this.ages = ages;
    this.confirmed = ages.now();
    this.rotations = rotations;
    this.behind = behind;
    this.fresh = new SharedAttempt<>(() -> line.add(this::freshRing));
    this.latest =
        new LaterAttempt<>(() -> line.add(this::reloaded), BETWEEN_LOOKS, System::nanoTime);
    this.confirming = new Chore(() -> line.add(this::confirm), ages);
    this.renewing = new Chore(this::renew, ages);
  }

  void touch() {
    touched = care.nanos().getAsLong();
  }

  long lastTouched() {
    return touched;
  }

  /** The ring if it is there already and not too old. */
  Optional<KeysetRing> current() {
    KeysetRing current = ring;
    if (current == null) {
      return Optional.empty();
    }
    Duration age = ages.since(confirmed);
    if (age.compareTo(care.limits().maxAge()) > 0) {
      return Optional.empty();
    }
    if (age.compareTo(care.limits().confirmAfter()) > 0) {
      confirming.begin();
    } else if (current.nearlyUsedUp()) {
      renewing.begin();
    }
    return Optional.of(current);
  }

  /** The ring without a look at its age: to report, not to use. */
  Optional<KeysetRing> known() {
    return Optional.ofNullable(ring);
  }

  /** The ring, loaded or created on first use, and asked for again when it is too old. */
  CompletionStage<KeysetRing> ring() {
    Optional<KeysetRing> current = current();
    return current.isPresent() ? CompletableFuture.completedStage(current.get()) : fresh.get();
  }

  /** The ring as the store has it at a moment after this call. */
  CompletionStage<KeysetRing> latest() {
    return latest.get();
  }

  private CompletionStage<KeysetRing> reloaded() {
    return ring == null
        ? load(ATTEMPTS)
        : store
            .find(name.tenant(), name.purpose())
            .thenCompose(found -> open(found.orElseThrow(KeysetSlot::gone)));
  }

  /** A ring whose primary is later than {@code used}; rotated to unless somebody has. */
  CompletionStage<KeysetRing> successor(int used) {
    KeysetRing current = ring;
    return current != null && current.stored().primary() > used
        ? CompletableFuture.completedStage(current)
        : rotations.succeed(
            this, used, () -> care.events().usedUp(name.tenant(), name.purpose(), used));
  }

  private CompletionStage<KeysetRing> renew() {
    KeysetRing current = ring;
    return current == null ? ring() : successor(current.stored().primary());
  }

  /** What a step of the line before this one has got is as good. */
  private CompletionStage<KeysetRing> freshRing() {
    Optional<KeysetRing> current = current();
    if (current.isPresent()) {
      return CompletableFuture.completedStage(current.get());
    }
    return ring == null ? load(ATTEMPTS) : confirm();
  }

  /** Has the KMS open every key in use again: it may have been told not to. */
  private CompletionStage<KeysetRing> confirm() {
    return store
        .find(name.tenant(), name.purpose())
        .thenCompose(found -> {
          StoredKeyset stored = found.orElseThrow(KeysetSlot::gone);
          return opened(stored, stored::opens).thenApply(opened -> publish(stored));
        })
        .whenComplete((ring, failure) -> {
          if (failure == null) {
            noteConfirmed();
          } else {
            noteUnconfirmed(failure);
          }
        });
  }

  private static IllegalStateException gone() {
    return new IllegalStateException("a keyset in use is gone from the store");
  }

  private void noteConfirmed() {
    confirmed = ages.now();
    stale = false;
    care.events().confirmed(name.tenant(), name.purpose());
  }

  private void noteUnconfirmed(Throwable failure) {
    if (isClosed()) {
      return;
    }
    Duration left = care.limits().maxAge().minus(ages.since(confirmed));
    if (Refusals.isFinal(failure) || left.isNegative()) {
      drop();
      care.events().withdrawn(name.tenant(), name.purpose());
    } else if (!stale) {
      stale = true;
      care.events().stale(name.tenant(), name.purpose(), left);
    }
  }

  /** A ring with a pending version: one that is pending already, or one version more. Version 1 of a new keyset is primary. */
  CompletionStage<KeysetRing> announce() {
    return line.add(() -> announce(ATTEMPTS));
  }

  /**
   * The same unless the primary is later than {@code primary}: other processes are followed. {@code before} is done before a version
   * is added, which happens only if it succeeds.
   */
  CompletionStage<KeysetRing> announceAfter(int primary, Supplier<CompletionStage<Void>> before) {
    return line.add(() -> store.find(name.tenant(), name.purpose()).thenCompose(found -> {
      boolean done = found.isPresent()
          && (found.get().primary() > primary || found.get().pending().isPresent());
      return done ? open(found.get()) : before.get().thenCompose(said -> announce(ATTEMPTS));
    }));
  }

  /**
   * A keyset whose pending version became primary.
   *
   * @param here whether this process has made it so
   */
  record Promoted(KeysetRing ring, boolean here) {}

  /** Makes that version primary if it is pending. */
  CompletionStage<Promoted> promote(int version) {
    return line.add(() -> promote(version, ATTEMPTS));
  }

  private CompletionStage<Promoted> promote(int version, int attempts) {
    return existing().thenCompose(current -> {
      boolean pending =
          current.pending().filter(next -> next.version() == version).isPresent();
      return pending
          ? promote(current.promoted(), () -> promote(version, fewer(attempts)))
          : open(current).thenApply(ring -> new Promoted(ring, false));
    });
  }

  private CompletionStage<Promoted> promote(
      StoredKeyset next, Supplier<CompletionStage<Promoted>> again) {
    return opened(next)
        .thenCompose(ready -> store.compareAndSet(next))
        .thenCompose(won -> won
            ? CompletableFuture.completedStage(new Promoted(publish(next), true))
            : again.get());
  }

  /** The keyset with a version in another state. */
  CompletionStage<KeysetRing> change(VersionSwitch change) {
    return line.add(() -> change(change, ATTEMPTS));
  }

  /** The keyset with all its data keys under the current KEK. */
  CompletionStage<KeysetRing> rewrap() {
    return line.add(() -> rewrap(ATTEMPTS));
  }

  /** Takes over what other processes have changed. Does nothing before the first use; ends the stay of keys that are too old. */
  CompletionStage<@Nullable Void> refresh() {
    return line.add(() -> {
      if (ring == null) {
        return nothing();
      }
      if (ages.since(confirmed).compareTo(care.limits().maxAge()) > 0) {
        drop();
        care.events().evicted(name.tenant(), name.purpose());
        return nothing();
      }
      return reload();
    });
  }

  /** Puts the keyset out of memory, for ever; calls under way finish. */
  synchronized void evict() {
    closed = true;
    drop();
    care.events().evicted(name.tenant(), name.purpose());
  }

  /** Puts the keys out of memory when the calls at work with them have finished; they may be opened again. */
  private synchronized void drop() {
    List<DataKey> dropped = List.copyOf(keys.values());
    ring = null;
    keys.clear();
    holds.close(() -> dropped.forEach(DataKey::retire));
    holds = new Holds();
  }

  synchronized void close() {
    closed = true;
    ring = null;
    keys.values().forEach(DataKey::destroy);
    keys.clear();
  }

  private CompletionStage<KeysetRing> load(int attempts) {
    KeysetRing current = ring;
    if (current != null) {
      return CompletableFuture.completedStage(current);
    }
    return store
        .find(name.tenant(), name.purpose())
        .thenCompose(found -> found.isPresent() ? open(found.get()) : create(attempts));
  }

  private CompletionStage<KeysetRing> create(int attempts) {
    long id = random.nextLong();
    return wrapping.create(name, id, 1).thenCompose(fresh -> {
      StoredKeyset first = StoredKeyset.first(name.tenant(), name.purpose(), id, fresh.stored());
      // Lost: another process was first with this name or, hardly ever, with this id.
      return stored(store.create(first), fresh)
          .thenCompose(won -> won ? publish(first, fresh) : load(fewer(attempts)));
    });
  }

  private CompletionStage<KeysetRing> announce(int attempts) {
    return store.find(name.tenant(), name.purpose()).thenCompose(found -> {
      if (found.isEmpty()) {
        return create(attempts);
      }
      return found.get().pending().isPresent()
          ? open(found.get())
          : announce(found.get(), attempts);
    });
  }

  /** Opens the old versions first: a rotation that succeeds must not leave a ring that cannot be had. */
  private CompletionStage<KeysetRing> announce(StoredKeyset current, int attempts) {
    return open(current)
        .thenCompose(opened -> wrapping.create(name, current.id(), current.nextVersion()))
        .thenCompose(fresh -> {
          StoredKeyset next = current.announcing(fresh.stored());
          return stored(store.compareAndSet(next), fresh)
              .thenCompose(won -> won ? publish(next, fresh) : announce(fewer(attempts)));
        });
  }

  private CompletionStage<KeysetRing> change(VersionSwitch change, int attempts) {
    return existing()
        .thenCompose(current -> change
            .apply(current)
            .map(next -> replace(next, () -> change(change, fewer(attempts))))
            .orElseGet(() -> open(current)));
  }

  private CompletionStage<KeysetRing> rewrap(int attempts) {
    return existing()
        .thenCompose(this::rewrapped)
        .thenCompose(next -> replace(next, () -> rewrap(fewer(attempts))));
  }

  private CompletionStage<StoredKeyset> rewrapped(StoredKeyset current) {
    CompletionStage<List<StoredVersion>> versions =
        CompletableFuture.completedStage(new ArrayList<>());
    for (StoredVersion version : current.versions()) {
      CompletionStage<StoredVersion> next = version.state() == VersionState.DESTROYED
          ? CompletableFuture.completedStage(version)
          : wrapping.rewrap(current, version);
      versions = versions.thenCombine(next, (all, one) -> {
        all.add(one);
        return all;
      });
    }
    return versions.thenApply(current::with);
  }

  /** Keys are opened before the change is stored: what was acknowledged must be usable. */
  private CompletionStage<KeysetRing> replace(
      StoredKeyset next, Supplier<CompletionStage<KeysetRing>> again) {
    return opened(next)
        .thenCompose(ready -> store.compareAndSet(next))
        .thenCompose(won -> won ? CompletableFuture.completedStage(publish(next)) : again.get());
  }

  private CompletionStage<StoredKeyset> existing() {
    return store
        .find(name.tenant(), name.purpose())
        .thenApply(found -> found.orElseThrow(() -> new KeyStateException(
            "the tenant has no keyset for " + name.purpose() + "; see: phial keys list")));
  }

  /** A key that was not stored is never used. */
  private static CompletionStage<Boolean> stored(CompletionStage<Boolean> storing, FreshKey fresh) {
    return storing.whenComplete((won, failure) -> {
      if (failure != null || !won) {
        fresh.key().destroy();
      }
    });
  }

  private CompletionStage<@Nullable Void> reload() {
    return store
        .find(name.tenant(), name.purpose())
        .thenCompose(
            found -> found.isPresent() ? open(found.get()).thenCompose(r -> nothing()) : nothing());
  }

  private CompletionStage<KeysetRing> open(StoredKeyset stored) {
    return opened(stored).thenApply(opened -> publish(stored));
  }

  /** Opens the enabled versions that are not open yet, all at once. */
  private CompletionStage<Void> opened(StoredKeyset stored) {
    return opened(stored, version -> stored.opens(version) && isUnopened(version));
  }

  private CompletionStage<Void> opened(StoredKeyset stored, Predicate<StoredVersion> which) {
    refuseToGoBack(stored);
    CompletableFuture<?>[] openings = stored.versions().stream()
        .filter(which)
        .map(version -> wrapping.open(stored, version).thenAccept(this::keep).toCompletableFuture())
        .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(openings);
  }

  /** A restored backup gives numbers again that this process has used: it must not mix the two. */
  private void refuseToGoBack(StoredKeyset stored) {
    KeysetRing seen = ring;
    if (seen != null
        && (stored.id() != seen.keysetId() || stored.revision() < seen.stored().revision())) {
      throw new IllegalStateException(
          "the store has an older revision of a keyset than this process has seen;"
              + " if a backup was restored, restart every gateway that uses it");
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized boolean isUnopened(StoredVersion version) {
    return !keys.containsKey(version.version());
  }

  private synchronized void keep(DataKey key) {
    if (closed) {
      key.destroy();
      throw new KeyDestroyedException("a keyset that was put out of memory");
    }
    DataKey known = keys.putIfAbsent(key.id().version(), key);
    if (known != null && known != key) {
      // Opened once more to see that it may be: what was made of the known one stays good.
      key.destroy();
    }
  }

  private CompletionStage<KeysetRing> publish(StoredKeyset stored, FreshKey fresh) {
    keep(fresh.key());
    return CompletableFuture.completedStage(publish(stored));
  }

  private synchronized KeysetRing publish(StoredKeyset stored) {
    if (ring == null) {
      confirmed = ages.now();
    }
    KeysetRing next = new KeysetRing(stored, keys, holds, behind);
    ring = next;
    stored.versions().stream().filter(version -> !stored.opens(version)).forEach(this::wipe);
    return next;
  }

  /** A call that is under way with the key ends with an error, not with an answer. */
  private void wipe(StoredVersion version) {
    DataKey key = keys.remove(version.version());
    if (key != null) {
      key.destroy();
    }
  }

  private int fewer(int attempts) {
    if (attempts <= 1) {
      throw new IllegalStateException("other processes change this keyset all the time; try again");
    }
    return attempts - 1;
  }

  private static CompletionStage<@Nullable Void> nothing() {
    return CompletableFuture.completedStage(null);
  }
}
