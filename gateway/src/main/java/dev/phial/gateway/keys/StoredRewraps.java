package dev.phial.gateway.keys;

import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.KeysetStore.KeysetId;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** See {@link Rewraps}; fails as store and KMS do. */
final class StoredRewraps implements Rewraps {
  private static final int ATTEMPTS = 16;

  private final KeysetStore store;
  private final KeyWrapping wrapping;

  StoredRewraps(KeysetStore store, KeyWrapping wrapping) {
    this.store = store;
    this.wrapping = wrapping;
  }

  @Override
  public CompletionStage<Long> count(Optional<String> tenant) {
    return store.count(tenant);
  }

  @Override
  public CompletionStage<List<KeysetId>> next(
      Optional<String> tenant, OptionalLong after, int most) {
    return store.ids(tenant, after, most);
  }

  @Override
  public CompletionStage<Boolean> rewrap(long keyset) {
    return rewrap(keyset, ATTEMPTS);
  }

  private CompletionStage<Boolean> rewrap(long keyset, int attempts) {
    return store
        .find(keyset)
        .thenCompose(found -> found
            .map(current -> wrapping
                .current(current.tenant())
                .thenCompose(wanted -> rewrap(current, wanted, attempts)))
            .orElseGet(() -> CompletableFuture.completedStage(false)));
  }

  private CompletionStage<Boolean> rewrap(
      StoredKeyset current, KeyWrapping.Wrapping wanted, int attempts) {
    return current.versions().stream().anyMatch(version -> needs(version, wanted))
        ? replace(current, wanted, attempts)
        : CompletableFuture.completedStage(false);
  }

  /** Somebody who changes the keyset at the same time wins, and it is looked at again. */
  private CompletionStage<Boolean> replace(
      StoredKeyset current, KeyWrapping.Wrapping wanted, int attempts) {
    return wrapping
        .rewrap(current, version -> needs(version, wanted))
        .thenCompose(store::compareAndSet)
        .thenCompose(won -> {
          if (won) {
            return CompletableFuture.completedStage(true);
          }
          return attempts > 1
              ? rewrap(current.id(), attempts - 1)
              : CompletableFuture.failedStage(new IllegalStateException(
                  "other processes change this keyset all the time; try again"));
        });
  }

  private static boolean needs(StoredVersion version, KeyWrapping.Wrapping wanted) {
    return version.state() != VersionState.DESTROYED && !wanted.isOf(version);
  }
}
