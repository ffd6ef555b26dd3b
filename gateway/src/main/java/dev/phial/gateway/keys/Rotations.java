package dev.phial.gateway.keys;

import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.StoredKeyset;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rotation in two phases (decision record 0018). First a version is added that opens and does not protect. When every process that
 * shares the store has said that it knows it, it becomes primary. So at no time does a gateway meet what another one has protected
 * with a version that it does not know.
 *
 * <p>Whoever sees a pending version brings it on: a process that dies between the phases leaves nothing undone. Thread-safe.
 */
final class Rotations {
  private static final Logger LOG = LoggerFactory.getLogger(Rotations.class);

  /** How long a rotation that somebody waits for is waited for; it goes on by itself afterwards. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final KeysetStore store;
  private final Replicas replicas;
  private final LongSupplier nanoTime;
  private final ConcurrentMap<Long, Announced> announced = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Rotations(KeysetStore store, Replicas replicas, LongSupplier nanoTime) {
    this.store = store;
    this.replicas = replicas;
    this.nanoTime = nanoTime;
  }

  /** A version was pending when there had been so many changes, or fewer. */
  private record Announced(int version, long changes) {}

  /**
   * A ring with one version more, which is primary, or still pending after {@link #PATIENCE}. A version that is pending already is
   * brought on instead of another one.
   */
  CompletionStage<KeysetRing> rotate(KeysetSlot slot) {
    return slot.announce().thenCompose(ring -> awaited(slot, ring, deadline(PATIENCE)));
  }

  /** The same for a primary that must be followed, unless it has been; {@code before} is done before a version is added. */
  CompletionStage<KeysetRing> succeed(
      KeysetSlot slot, int primary, Supplier<CompletionStage<Void>> before) {
    return slot.announceAfter(primary, before)
        .thenCompose(ring -> awaited(slot, ring, deadline(Replicas.SILENT.plus(PATIENCE))))
        .thenApply(ring -> {
          if (ring.stored().primary() <= primary) {
            throw new IllegalStateException(
                "version " + ring.stored().versions().size()
                    + " is pending: a gateway on the same store does not know it yet; see phial keys list");
          }
          return ring;
        });
  }

  /** One try for a keyset whose version is pending, whoever has announced it. */
  CompletionStage<@Nullable Void> bringOn(KeysetSlot slot, KeysetRing ring, KeyEvents events) {
    int version = ring.stored().versions().size();
    return missing(ring.stored()).thenCompose(missing -> {
      if (missing.isEmpty()) {
        return promoted(slot, ring).thenApply(promoted -> {
          if (promoted.here()) {
            events.promoted(ring.stored().tenant(), ring.stored().purpose(), version);
          }
          return null;
        });
      }
      LOG.warn(
          "version {} of a keyset is pending: {} gateway(s) on this store do not know it yet ({})",
          version,
          missing.size(),
          String.join(", ", missing));
      return CompletableFuture.<@Nullable Void>completedStage(null);
    });
  }

  /** Whoever waits for a rotation waits in vain from now on; other processes bring it on. */
  void close() {
    closed = true;
  }

  private CompletionStage<KeysetRing> awaited(KeysetSlot slot, KeysetRing ring, long deadline) {
    if (closed) {
      return CompletableFuture.failedStage(new IllegalStateException("the keys were closed"));
    }
    if (ring.stored().pending().isEmpty()) {
      return CompletableFuture.completedStage(ring);
    }
    return missing(ring.stored()).thenCompose(missing -> {
      if (missing.isEmpty()) {
        return promoted(slot, ring).thenApply(KeysetSlot.Promoted::ring);
      }
      return nanoTime.getAsLong() - deadline > 0
          ? CompletableFuture.completedStage(ring)
          : pause().thenCompose(over -> awaited(slot, slot.known().orElse(ring), deadline));
    });
  }

  private CompletionStage<KeysetSlot.Promoted> promoted(KeysetSlot slot, KeysetRing ring) {
    return slot.promote(ring.stored().versions().size()).thenApply(done -> {
      announced.remove(ring.keysetId());
      return done;
    });
  }

  /** Which other processes do not know the pending version. */
  private CompletionStage<List<String>> missing(StoredKeyset keyset) {
    int version = keyset.versions().size();
    Announced known = announced.get(keyset.id());
    CompletionStage<Announced> since = known != null && known.version() == version
        ? CompletableFuture.completedStage(known)
        : store.changes().thenApply(changes -> noted(keyset.id(), new Announced(version, changes)));
    return since.thenCompose(found -> replicas.without(keyset.id(), found.changes()));
  }

  private Announced noted(long keyset, Announced seen) {
    announced.put(keyset, seen);
    return seen;
  }

  private long deadline(Duration patience) {
    return nanoTime.getAsLong() + patience.toNanos();
  }

  private static CompletionStage<@Nullable Void> pause() {
    return CompletableFuture.runAsync(
        () -> {}, CompletableFuture.delayedExecutor(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
  }
}
