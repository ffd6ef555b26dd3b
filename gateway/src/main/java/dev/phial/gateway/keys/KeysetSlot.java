package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One keyset in this process: its current ring, and the changes to it one after the other.
 *
 * <p>Readers take the ring from one reference. Whatever may change it (first load, rotation, refresh) waits in one line,
 * so a ring is only ever replaced by a later revision. Other processes are met in the store: a lost compare-and-set means
 * reading again.
 */
final class KeysetSlot {
  private static final int ATTEMPTS = 16;

  private final KeysetName name;
  private final KeysetStore store;
  private final KeyWrapping wrapping;
  private final SecureRandom random;
  private final Line line = new Line();
  private final SingleFlight<KeysetRing> firstRing;
  /** Every key that was opened, by version, until {@link #close}. Guarded by this. */
  private final Map<Integer, DataKey> keys = new HashMap<>();

  private volatile @Nullable KeysetRing ring;
  private boolean closed;

  KeysetSlot(KeysetName name, KeysetStore store, KeyWrapping wrapping, SecureRandom random) {
    this.name = name;
    this.store = store;
    this.wrapping = wrapping;
    this.random = random;
    this.firstRing = new SingleFlight<>(() -> line.add(() -> load(ATTEMPTS)));
  }

  /** The ring if it is there already. */
  Optional<KeysetRing> current() {
    return Optional.ofNullable(ring);
  }

  /** The ring, loaded or created on first use. */
  CompletionStage<KeysetRing> ring() {
    KeysetRing current = ring;
    return current != null ? CompletableFuture.completedStage(current) : firstRing.get();
  }

  /** A ring with one version more, which is primary; with version 1 when there was no keyset. */
  CompletionStage<KeysetRing> rotate() {
    return line.add(() -> rotate(ATTEMPTS));
  }

  /** The keyset with a version in another state. */
  CompletionStage<KeysetRing> change(VersionSwitch change) {
    return line.add(() -> change(change, ATTEMPTS));
  }

  /** The keyset with all its data keys under the current KEK. */
  CompletionStage<KeysetRing> rewrap() {
    return line.add(() -> rewrap(ATTEMPTS));
  }

  /** Takes over what other processes have changed. Does nothing before the first use. */
  CompletionStage<@Nullable Void> refresh() {
    return line.add(() -> ring == null ? nothing() : reload());
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

  private CompletionStage<KeysetRing> rotate(int attempts) {
    return store
        .find(name.tenant(), name.purpose())
        .thenCompose(found -> found.isPresent() ? rotate(found.get(), attempts) : create(attempts));
  }

  /** Opens the old versions first: a rotation that succeeds must not leave a ring that cannot be had. */
  private CompletionStage<KeysetRing> rotate(StoredKeyset current, int attempts) {
    return open(current)
        .thenCompose(opened -> wrapping.create(name, current.id(), current.nextVersion()))
        .thenCompose(fresh -> {
          StoredKeyset next = current.rotatedTo(fresh.stored());
          return stored(store.compareAndSet(next), fresh)
              .thenCompose(won -> won ? publish(next, fresh) : rotate(fewer(attempts)));
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
    refuseToGoBack(stored);
    CompletableFuture<?>[] openings = stored.versions().stream()
        .filter(this::needsOpening)
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

  private synchronized boolean needsOpening(StoredVersion version) {
    return version.state() == VersionState.ENABLED && !keys.containsKey(version.version());
  }

  private synchronized void keep(DataKey key) {
    if (closed) {
      key.destroy();
      throw new IllegalStateException("the keys were closed");
    }
    keys.put(key.id().version(), key);
  }

  private CompletionStage<KeysetRing> publish(StoredKeyset stored, FreshKey fresh) {
    keep(fresh.key());
    return CompletableFuture.completedStage(publish(stored));
  }

  private synchronized KeysetRing publish(StoredKeyset stored) {
    KeysetRing next = new KeysetRing(stored, keys);
    ring = next;
    stored.versions().forEach(this::wipeUnlessEnabled);
    return next;
  }

  /** A call that is under way with the key ends with an error, not with an answer. */
  private void wipeUnlessEnabled(StoredVersion version) {
    DataKey key = version.state() == VersionState.ENABLED ? null : keys.remove(version.version());
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
