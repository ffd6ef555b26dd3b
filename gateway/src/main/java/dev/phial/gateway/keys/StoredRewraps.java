package dev.phial.gateway.keys;

import dev.phial.gateway.store.KeysetStore;
import dev.phial.gateway.store.KeysetStore.KeysetId;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import dev.phial.kms.KekVersion;
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
    return wrapping.current().thenCompose(kek -> rewrap(keyset, kek, ATTEMPTS));
  }

  private CompletionStage<Boolean> rewrap(long keyset, KekVersion kek, int attempts) {
    return store
        .find(keyset)
        .thenCompose(found -> found.filter(current -> needs(current, kek))
            .map(current -> rewrap(current, kek, attempts))
            .orElseGet(() -> CompletableFuture.completedStage(false)));
  }

  /** Somebody who changes the keyset at the same time wins, and it is looked at again. */
  private CompletionStage<Boolean> rewrap(StoredKeyset current, KekVersion kek, int attempts) {
    return wrapping
        .rewrap(current, version -> needs(version, kek))
        .thenCompose(store::compareAndSet)
        .thenCompose(won -> {
          if (won) {
            return CompletableFuture.completedStage(true);
          }
          return attempts > 1
              ? rewrap(current.id(), kek, attempts - 1)
              : CompletableFuture.failedStage(new IllegalStateException(
                  "other processes change this keyset all the time; try again"));
        });
  }

  private static boolean needs(StoredKeyset keyset, KekVersion kek) {
    return keyset.versions().stream().anyMatch(version -> needs(version, kek));
  }

  private static boolean needs(StoredVersion version, KekVersion kek) {
    return version.state() != VersionState.DESTROYED
        && !version.wrapped().kekVersion().equals(kek);
  }
}
