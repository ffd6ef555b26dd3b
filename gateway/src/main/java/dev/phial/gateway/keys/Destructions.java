package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends key versions in the store, and then in this process. */
final class Destructions implements KeyDestruction {
  private static final Logger LOG = LoggerFactory.getLogger(Destructions.class);
  private static final int ATTEMPTS = 16;

  private final KeysetStore store;
  private final Function<KeysetName, Optional<KeysetSlot>> inMemory;
  private final KeyEvents events;
  private final InstantSource clock;

  /** @param inMemory the keyset as this process has it, if it does */
  Destructions(
      KeysetStore store,
      Function<KeysetName, Optional<KeysetSlot>> inMemory,
      KeyEvents events,
      InstantSource clock) {
    this.store = store;
    this.inMemory = inMemory;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public CompletionStage<KeysetView> preview(
      String tenant, KeyPurpose purpose, int version, DestructionOrder order) {
    return previewed(new KeysetName(tenant, purpose), Endings.ofVersion(version, order));
  }

  @Override
  public CompletionStage<KeysetView> schedule(
      String tenant, KeyPurpose purpose, int version, DestructionOrder order) {
    return changed(new KeysetName(tenant, purpose), Endings.ofVersion(version, order));
  }

  @Override
  public CompletionStage<KeysetView> cancel(String tenant, KeyPurpose purpose, int version) {
    return changed(new KeysetName(tenant, purpose), Endings.cancelled(version));
  }

  @Override
  public CompletionStage<KeysetView> previewTrim(
      String tenant, KeyPurpose purpose, int least, DestructionOrder order) {
    return previewed(new KeysetName(tenant, purpose), Endings.below(least, order));
  }

  @Override
  public CompletionStage<KeysetView> trim(
      String tenant, KeyPurpose purpose, int least, DestructionOrder order) {
    return changed(new KeysetName(tenant, purpose), Endings.below(least, order));
  }

  private CompletionStage<KeysetView> previewed(KeysetName name, KeysetChange change) {
    return existing(name)
        .thenApply(current -> KeysetViews.of(change.apply(current).orElse(current)));
  }

  private CompletionStage<KeysetView> changed(KeysetName name, KeysetChange change) {
    return change(name, change, ATTEMPTS).thenApply(done -> KeysetViews.of(done.keyset()));
  }

  @Override
  public CompletionStage<Integer> destroyDue() {
    Instant now = clock.instant();
    return store
        .ending(now)
        .thenCompose(ending -> ending.isEmpty()
            ? CompletableFuture.completedStage(0)
            : eachOf(ending, keyset -> destroyed(keyset, now))
                .thenCompose(done -> store.scrub())
                .thenCompose(clean -> clean ? eachOf(ending, this::gone) : notYet(ending)));
  }

  /** Only what was announced goes: the keyset may have changed meanwhile, and what became due since waits for the next time. */
  private CompletionStage<Integer> destroyed(StoredKeyset keyset, Instant now) {
    List<Integer> due = versions(keyset, version -> Endings.isDue(version, now));
    if (due.isEmpty()) {
      return CompletableFuture.completedStage(0);
    }
    return events
        .destroying(KeysetViews.of(keyset), due)
        .thenCompose(said -> change(name(keyset), Endings.due(due, now), ATTEMPTS))
        .thenApply(done -> due.size());
  }

  private CompletionStage<Integer> gone(StoredKeyset keyset) {
    return change(name(keyset), Endings.gone(clock.instant()), ATTEMPTS).thenApply(done -> {
      List<Integer> gone = done.mine() ? newlyGone(done) : List.of();
      if (!gone.isEmpty()) {
        events.destroyed(KeysetViews.of(done.keyset()), gone);
      }
      return gone.size();
    });
  }

  private static List<Integer> newlyGone(Changed done) {
    return versions(
        done.keyset(),
        version -> version.destruction().flatMap(how -> how.done()).isPresent()
            && done.before()
                .version(version.version())
                .filter(Endings::isLeaving)
                .isPresent());
  }

  private static CompletionStage<Integer> notYet(List<StoredKeyset> ending) {
    LOG.warn(
        "destroyed keys of {} keysets are still in superseded rows of the store, which something keeps alive, such as a long"
            + " transaction; they are removed when that ends",
        ending.size());
    return CompletableFuture.completedStage(0);
  }

  /** One after the other; a failure of one does not keep the others. */
  private static CompletionStage<Integer> eachOf(
      List<StoredKeyset> keysets, Function<StoredKeyset, CompletionStage<Integer>> work) {
    CompletionStage<Outcome> all =
        CompletableFuture.completedStage(new Outcome(0, Optional.empty()));
    for (StoredKeyset keyset : keysets) {
      all = all.thenCompose(
          before -> work.apply(keyset).handle((count, failure) -> before.and(count, failure)));
    }
    return all.thenCompose(Outcome::stage);
  }

  private CompletionStage<Changed> change(KeysetName name, KeysetChange change, int attempts) {
    return existing(name)
        .thenCompose(current -> change
            .apply(current)
            .map(next -> store
                .compareAndSet(next)
                .thenCompose(won -> won
                    ? followed(name).thenApply(done -> new Changed(current, next, true))
                    : change(name, change, fewer(attempts))))
            .orElseGet(
                () -> CompletableFuture.completedStage(new Changed(current, current, false))));
  }

  private static int fewer(int attempts) {
    if (attempts <= 1) {
      throw new IllegalStateException("other processes change this keyset all the time; try again");
    }
    return attempts - 1;
  }

  /** What is out of use is wiped first; that another version cannot be opened at this moment does not undo what is stored. */
  private CompletionStage<Boolean> followed(KeysetName name) {
    return inMemory
        .apply(name)
        .<CompletionStage<Boolean>>map(slot -> slot.refresh().handle((done, failure) -> true))
        .orElse(CompletableFuture.completedStage(true));
  }

  private CompletionStage<StoredKeyset> existing(KeysetName name) {
    return store
        .find(name.tenant(), name.purpose())
        .thenApply(found -> found.orElseThrow(() -> new KeyStateException(
            "the tenant has no keyset for " + name.purpose() + "; see: phial keys list")));
  }

  private static KeysetName name(StoredKeyset keyset) {
    return new KeysetName(keyset.tenant(), keyset.purpose());
  }

  private static List<Integer> versions(StoredKeyset keyset, Predicate<StoredVersion> which) {
    return keyset.versions().stream().filter(which).map(StoredVersion::version).toList();
  }

  /** A revision and the one before it, the same when there was nothing to change. */
  private record Changed(StoredKeyset before, StoredKeyset keyset, boolean mine) {}

  /** How many so far, and what went wrong first. */
  private record Outcome(int count, Optional<Throwable> failed) {
    Outcome and(Integer more, Throwable failure) {
      return failure == null
          ? new Outcome(count + more, failed)
          : new Outcome(count, failed.or(() -> Optional.of(failure)));
    }

    CompletionStage<Integer> stage() {
      return failed
          .<CompletionStage<Integer>>map(CompletableFuture::failedStage)
          .orElse(CompletableFuture.completedStage(count));
    }
  }
}
