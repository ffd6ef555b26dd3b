package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** One revision of a keyset with its keys. */
final class KeysetRing implements KeyRing {
  private final StoredKeyset stored;
  private final Map<Integer, Lookup> versions;
  private final Holds holds;
  private final BooleanSupplier behind;

  /**
   * @param stored the revision
   * @param keys a key for each enabled version of it, others are not looked at
   * @param holds counts who is at work with them
   * @param behind whether there may be a newer revision that this process cannot see
   */
  KeysetRing(StoredKeyset stored, Map<Integer, DataKey> keys, Holds holds, BooleanSupplier behind) {
    Map<Integer, Lookup> lookups = new HashMap<>();
    for (StoredVersion version : stored.versions()) {
      lookups.put(version.version(), lookup(stored, version, keys));
    }
    this.stored = stored;
    this.holds = holds;
    this.behind = behind;
    this.versions = Map.copyOf(lookups);
  }

  @Override
  public DataKey primary() {
    if (version(stored.primary()) instanceof Lookup.Usable usable) {
      return usable.key();
    }
    String reason = "the primary version of the keyset is not enabled; rotate it";
    throw new KeysUnavailableException(reason, new IllegalStateException(reason));
  }

  @Override
  public Lookup version(int version) {
    return versions.getOrDefault(version, UNKNOWN);
  }

  @Override
  public int newest() {
    return stored.versions().size();
  }

  @Override
  public List<DataKey> usable() {
    if (behind.getAsBoolean()) {
      String reason = "the gateway has not seen the store for " + Replicas.LEASE.toSeconds()
          + " s, and cannot tell whether its keys are all there are";
      throw new KeysUnavailableException(reason, new IllegalStateException(reason));
    }
    DataKey primary = primary();
    Stream<DataKey> others = versions.values().stream()
        .filter(Lookup.Usable.class::isInstance)
        .map(lookup -> ((Lookup.Usable) lookup).key())
        .filter(key -> key.id().version() != primary.id().version())
        .sorted(Comparator.comparingInt((DataKey key) -> key.id().version()).reversed());
    return Stream.concat(Stream.of(primary), others).toList();
  }

  @Override
  public long keysetId() {
    return stored.id();
  }

  @Override
  public Hold hold() {
    return holds.take();
  }

  /** Whether the primary has protected nearly as much as it may. */
  boolean nearlyUsedUp() {
    return version(stored.primary()) instanceof Lookup.Usable usable
        && usable.key().usage().nearlyUsedUp();
  }

  /** How much of its limit the primary has protected, from 0 to 1. */
  double usedShare() {
    return version(stored.primary()) instanceof Lookup.Usable usable
        ? usable.key().usage().share()
        : 0;
  }

  StoredKeyset stored() {
    return stored;
  }

  @Override
  public String toString() {
    return "KeyRing[" + stored.purpose() + ", revision " + stored.revision() + "]";
  }

  private static final Lookup UNKNOWN = new Lookup.Unknown();

  private static Lookup lookup(
      StoredKeyset stored, StoredVersion version, Map<Integer, DataKey> keys) {
    if (!stored.opens(version)) {
      return new Lookup.Retired(
          version.state() == VersionState.ENABLED
              ? "BELOW_MINIMUM"
              : version.state().name());
    }
    DataKey key = keys.get(version.version());
    if (key == null) {
      throw new IllegalStateException(
          "version " + version.version() + " is enabled but was not opened");
    }
    return new Lookup.Usable(key);
  }
}
