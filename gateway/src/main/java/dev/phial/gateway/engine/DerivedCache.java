package dev.phial.gateway.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.phial.crypto.key.DataKey;
import java.util.function.Function;

/**
 * Keeps what is derived from data keys for a tenant and a name, within a bound. A key that was taken out of memory and came back
 * is another object: nothing derived from the old one is used with it. Thread-safe.
 *
 * @param <T> what is derived
 */
final class DerivedCache<T> {
  private final Cache<Name, T> kept;
  private final Derivation<T> derivation;

  DerivedCache(int bound, Derivation<T> derivation) {
    this.kept = Caffeine.newBuilder().maximumSize(bound).build();
    this.derivation = derivation;
  }

  T of(DataKey key, String tenant, String name) {
    Function<Name, T> derive =
        wanted -> derivation.derive(wanted.key(), wanted.tenant(), wanted.name());
    return kept.get(new Name(key, tenant, name), derive);
  }

  /** How it is derived. */
  @FunctionalInterface
  interface Derivation<T> {
    T derive(DataKey key, String tenant, String name);
  }

  private record Name(DataKey key, String tenant, String name) {}
}
