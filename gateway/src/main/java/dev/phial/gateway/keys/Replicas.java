package dev.phial.gateway.keys;

import dev.phial.gateway.store.Replica;
import dev.phial.gateway.store.ReplicaStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * This process among those that share the store: what it tells of itself, and whom it waits for (decision record 0018).
 *
 * <p>Who is silent for {@link #SILENT} is not waited for. Such a process may live on, and cannot see the store: it knows that by
 * itself {@link #LEASE} after it last told, which is earlier, by a clock of its own, and then makes no use of keys that would be
 * wrong without the newest version. Thread-safe.
 */
final class Replicas {
  /** How often a process tells of itself. */
  static final Duration BEAT = Duration.ofSeconds(5);

  /** For how long a process takes its keys for complete. */
  static final Duration LEASE = Duration.ofSeconds(20);

  /** Longer than the lease by what a call may need that has just looked. */
  static final Duration SILENT = Duration.ofSeconds(30);

  private final ReplicaStore store;
  private final Ages ages;
  private final String id;
  private volatile boolean joined;
  private volatile Replica told;
  private volatile Ages.@Nullable Moment complete;

  Replicas(ReplicaStore store, SecureRandom random, Ages ages) {
    this.store = store;
    this.ages = ages;
    this.id = HexFormat.of().toHexDigits(random.nextLong());
    this.told = new Replica(id, 0, Set.of());
  }

  /** From now on this process is one that others wait for, as soon as it has told of itself. */
  void join() {
    joined = true;
  }

  /** The end of that, told to the others as far as the store can be had. */
  CompletionStage<Void> leave() {
    boolean was = joined;
    joined = false;
    return was ? store.gone(id) : CompletableFuture.completedStage(null);
  }

  /** What was last told. */
  Replica told() {
    return told;
  }

  /**
   * Tells what this process has taken over.
   *
   * @param begun when it began to look: what is told is not newer than that
   */
  CompletionStage<Void> tell(Ages.Moment begun, long seen, Set<Long> behind) {
    Replica next = new Replica(id, seen, behind);
    return joined
        ? store.heard(next).thenAccept(done -> {
          told = next;
          complete = begun;
        })
        : CompletableFuture.completedStage(null);
  }

  /** Whether a version may be primary elsewhere that this process does not know. */
  boolean mayBeBehind() {
    Ages.Moment last = complete;
    return joined && (last == null || ages.since(last).compareTo(LEASE) > 0);
  }

  /** The other processes that do not use a keyset yet as it was after so many changes; ids. */
  CompletionStage<List<String>> without(long keyset, long changes) {
    return store
        .replicas(SILENT)
        .thenApply(all -> all.stream()
            .filter(replica -> !replica.id().equals(id) && !replica.has(keyset, changes))
            .map(Replica::id)
            .toList());
  }
}
