package dev.phial.gateway.keys;

import dev.phial.gateway.store.ReplicaStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes over what other processes have changed, and tells them so. What is told is never more than what is used: the number of
 * changes is read first, then the keysets, and only then is the number told. Not to be begun again before it has ended.
 */
final class Following {
  /** Changes that a process of an older release makes are not counted. */
  private static final Duration WHOLE_LOOK = Duration.ofSeconds(15);

  private final ReplicaStore store;
  private final Replicas replicas;
  private final Supplier<Collection<KeysetSlot>> slots;
  private final Rotations rotations;
  private final KeyEvents events;
  private final Ages ages;
  private volatile Ages.@Nullable Moment looked;

  Following(
      ReplicaStore store,
      Replicas replicas,
      Supplier<Collection<KeysetSlot>> slots,
      Rotations rotations,
      KeyEvents events,
      Ages ages) {
    this.store = store;
    this.replicas = replicas;
    this.slots = slots;
    this.rotations = rotations;
    this.events = events;
    this.ages = ages;
  }

  /** Looks at every keyset in use. */
  CompletionStage<@Nullable Void> look() {
    Ages.Moment begun = ages.now();
    return store.changes().thenCompose(changes -> look(begun, changes));
  }

  /** Looks only if there is something to see, and brings on what is pending. */
  CompletionStage<@Nullable Void> beat() {
    Ages.Moment begun = ages.now();
    return store
        .changes()
        .thenCompose(changes -> isKnown(changes)
            ? replicas.tell(begun, changes, Set.of()).<@Nullable Void>thenApply(done -> null)
            : look(begun, changes))
        .thenCompose(done -> bringOn());
  }

  private boolean isKnown(long changes) {
    Ages.Moment last = looked;
    return last != null
        && replicas.told().seen() == changes
        && replicas.told().behind().isEmpty()
        && ages.since(last).compareTo(WHOLE_LOOK) < 0;
  }

  private CompletionStage<@Nullable Void> look(Ages.Moment begun, long changes) {
    List<Refreshed> all = slots.get().stream().map(Refreshed::of).toList();
    return allOf(all.stream().map(Refreshed::stage))
        .handle((done, failure) -> failure)
        .thenCompose(failure -> replicas.tell(begun, changes, behind(all)).thenCompose(told -> {
          if (failure != null) {
            return CompletableFuture.<@Nullable Void>failedStage(failure);
          }
          looked = begun;
          return CompletableFuture.<@Nullable Void>completedStage(null);
        }));
  }

  /** A keyset that is not in memory is read when it is first used: nothing of it can be too old. */
  private static Set<Long> behind(List<Refreshed> all) {
    return all.stream()
        .filter(one -> one.stage().toCompletableFuture().isCompletedExceptionally())
        .flatMap(one -> one.slot().known().stream())
        .map(KeysetRing::keysetId)
        .collect(Collectors.toSet());
  }

  private record Refreshed(KeysetSlot slot, CompletionStage<@Nullable Void> stage) {
    static Refreshed of(KeysetSlot slot) {
      return new Refreshed(slot, slot.refresh());
    }
  }

  private CompletionStage<@Nullable Void> bringOn() {
    return allOf(slots.get().stream()
        .flatMap(slot -> slot.known().stream()
            .filter(ring -> ring.stored().pending().isPresent())
            .map(ring -> rotations.bringOn(slot, ring, events))));
  }

  private static CompletionStage<@Nullable Void> allOf(
      Stream<? extends CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture<?>[]::new));
  }
}
