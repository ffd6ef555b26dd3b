package dev.phial.gateway.engine;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.keys.KeyResolver;
import dev.phial.gateway.keys.KeyRing;
import dev.phial.gateway.keys.Pin;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Collects which keysets and pins a batch needs, then resolves them all at once. For one batch; not thread-safe. */
final class KeyNeeds {
  private final Set<KeyPurpose> purposes = EnumSet.noneOf(KeyPurpose.class);
  private final Set<String> pinned = new HashSet<>();

  void ring(KeyPurpose purpose) {
    purposes.add(purpose);
  }

  void pin(String element) {
    pinned.add(element);
  }

  CompletionStage<ResolvedKeys> resolve(KeyResolver resolver, String tenant) {
    Map<KeyPurpose, CompletableFuture<KeyRing>> rings = new EnumMap<>(KeyPurpose.class);
    purposes.forEach(
        purpose -> rings.put(purpose, resolver.ring(tenant, purpose).toCompletableFuture()));
    Map<String, CompletableFuture<Pin>> pins = new HashMap<>();
    pinned.forEach(
        element -> pins.put(element, resolver.pin(tenant, element).toCompletableFuture()));
    return CompletableFuture.allOf(all(rings, pins))
        .thenApply(done -> new ResolvedKeys(values(rings), values(pins)));
  }

  private static CompletableFuture<?>[] all(
      Map<?, ? extends CompletableFuture<?>> some, Map<?, ? extends CompletableFuture<?>> others) {
    Set<CompletableFuture<?>> all = new HashSet<>(some.values());
    all.addAll(others.values());
    return all.toArray(CompletableFuture<?>[]::new);
  }

  private static <K, V> Map<K, V> values(Map<K, CompletableFuture<V>> done) {
    Map<K, V> values = new HashMap<>();
    done.forEach((key, future) -> values.put(key, future.join())); // complete: allOf has seen it
    return values;
  }
}
