package dev.phial.gateway.store;

import dev.phial.crypto.key.KeyPurpose;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store for the life of a test. Thread-safe. */
public final class InMemoryKeysetStore implements KeysetStore {
  private final Map<Long, StoredKeyset> keysets = new HashMap<>();
  private final Map<List<String>, StoredPin> pins = new HashMap<>();
  private final Map<String, Heard> replicas = new TreeMap<>();
  private final InstantSource clock;
  private long changes;
  private int finds;
  private boolean failing;
  private boolean closed;

  public InMemoryKeysetStore() {
    this(InstantSource.system());
  }

  /** @param clock gives the times at which replicas are heard */
  public InMemoryKeysetStore(InstantSource clock) {
    this.clock = clock;
  }

  /** From now on, every operation fails, or none. */
  public synchronized void failing(boolean fails) {
    failing = fails;
  }

  /** How often {@link #find} was asked. */
  public synchronized int finds() {
    return finds;
  }

  /** Puts a keyset back as it was, as restoring a backup does. */
  public synchronized void restore(StoredKeyset backup) {
    keysets.put(backup.id(), backup);
  }

  @Override
  public CompletionStage<Optional<StoredKeyset>> find(String tenant, KeyPurpose purpose) {
    return stage(() -> {
      finds++;
      return keysets.values().stream()
          .filter(keyset -> keyset.tenant().equals(tenant) && keyset.purpose() == purpose)
          .findFirst();
    });
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
      return !taken && keysets.put(keyset.id(), keyset) == null && counted();
    });
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(StoredKeyset next) {
    return stage(() -> {
      StoredKeyset current = keysets.get(next.id());
      return current != null
          && current.revision() == next.revision() - 1
          && keysets.replace(next.id(), current, next)
          && counted();
    });
  }

  private boolean counted() {
    changes++;
    return true;
  }

  @Override
  public CompletionStage<Long> changes() {
    return stage(() -> changes);
  }

  @Override
  public CompletionStage<Void> heard(Replica replica) {
    return stage(() -> replicas.put(replica.id(), new Heard(replica, clock.instant())) == null)
        .thenApply(first -> null);
  }

  @Override
  public CompletionStage<List<Replica>> replicas(Duration within) {
    return stage(() -> replicas.values().stream()
        .filter(heard -> Duration.between(heard.at(), clock.instant()).abs().compareTo(within) <= 0)
        .map(Heard::replica)
        .toList());
  }

  @Override
  public CompletionStage<Void> gone(String id) {
    return stage(() -> replicas.remove(id) != null).thenApply(known -> null);
  }

  @Override
  public CompletionStage<Optional<StoredPin>> pin(String tenant, String element) {
    return stage(() -> Optional.ofNullable(pins.get(List.of(tenant, element))));
  }

  @Override
  public CompletionStage<List<StoredPin>> pins(Optional<String> tenant) {
    return stage(() -> pins.values().stream()
        .filter(pin -> tenant.isEmpty() || pin.tenant().equals(tenant.get()))
        .sorted(Comparator.comparing(StoredPin::tenant).thenComparing(StoredPin::element))
        .toList());
  }

  @Override
  public CompletionStage<StoredPin> create(StoredPin pin) {
    if (pin.revision() != 1) {
      throw new IllegalArgumentException("a pin is created with revision 1");
    }
    return stage(() -> pins.computeIfAbsent(List.of(pin.tenant(), pin.element()), absent -> pin));
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(StoredPin next) {
    List<String> name = List.of(next.tenant(), next.element());
    return stage(() -> {
      StoredPin current = pins.get(name);
      return current != null
          && current.revision() == next.revision() - 1
          && pins.replace(name, current, next);
    });
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

  private record Heard(Replica replica, Instant at) {}
}
