package dev.phial.gateway.store;

import dev.phial.crypto.key.KeyPurpose;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store for the life of a test. Thread-safe. */
public final class InMemoryKeysetStore implements KeysetStore {
  private final Map<Long, StoredKeyset> keysets = new HashMap<>();
  private final Map<List<String>, Integer> pins = new HashMap<>();
  private boolean failing;
  private boolean closed;

  /** From now on, every operation fails, or none. */
  public synchronized void failing(boolean fails) {
    failing = fails;
  }

  /** Puts a keyset back as it was, as restoring a backup does. */
  public synchronized void restore(StoredKeyset backup) {
    keysets.put(backup.id(), backup);
  }

  @Override
  public CompletionStage<Optional<StoredKeyset>> find(String tenant, KeyPurpose purpose) {
    return stage(() -> keysets.values().stream()
        .filter(keyset -> keyset.tenant().equals(tenant) && keyset.purpose() == purpose)
        .findFirst());
  }

  @Override
  public CompletionStage<List<StoredKeyset>> list(Optional<String> tenant) {
    return stage(() -> keysets.values().stream()
        .filter(keyset -> tenant.isEmpty() || keyset.tenant().equals(tenant.get()))
        .sorted(Comparator.comparing(StoredKeyset::tenant)
            .thenComparing(keyset -> keyset.purpose().name()))
        .toList());
  }

  @Override
  public CompletionStage<Boolean> create(StoredKeyset keyset) {
    if (keyset.revision() != 1) {
      throw new IllegalArgumentException("a keyset is created with revision 1");
    }
    return stage(() -> {
      boolean taken = keysets.values().stream()
          .anyMatch(other -> other.id() == keyset.id()
              || (other.tenant().equals(keyset.tenant()) && other.purpose() == keyset.purpose()));
      return !taken && keysets.put(keyset.id(), keyset) == null;
    });
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(StoredKeyset next) {
    return stage(() -> {
      StoredKeyset current = keysets.get(next.id());
      return current != null
          && current.revision() == next.revision() - 1
          && keysets.replace(next.id(), current, next);
    });
  }

  @Override
  public CompletionStage<Optional<Integer>> pinned(String tenant, String element) {
    return stage(() -> Optional.ofNullable(pins.get(List.of(tenant, element))));
  }

  @Override
  public CompletionStage<Integer> pin(String tenant, String element, int version) {
    return stage(() -> pins.computeIfAbsent(List.of(tenant, element), absent -> version));
  }

  @Override
  public CompletionStage<Void> check() {
    return stage(() -> true).thenApply(checked -> null);
  }

  @Override
  public Watch watch(Runnable listener) {
    return Watch.NOTHING;
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private synchronized <T> CompletionStage<T> stage(Supplier<T> operation) {
    return failing || closed
        ? CompletableFuture.failedStage(new StoreException("the store is closed or told to fail"))
        : CompletableFuture.completedStage(operation.get());
  }
}
