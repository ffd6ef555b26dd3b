package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One revision of a keyset with its keys. */
final class KeysetRing implements KeyRing {
  private final StoredKeyset stored;
  private final Map<Integer, Lookup> versions;

  /**
   * @param stored the revision
   * @param keys a key for each enabled version of it, others are not looked at
   */
  KeysetRing(StoredKeyset stored, Map<Integer, DataKey> keys) {
    Map<Integer, Lookup> lookups = new HashMap<>();
    for (StoredVersion version : stored.versions()) {
      lookups.put(version.version(), lookup(version, keys));
    }
    this.stored = stored;
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
  public List<DataKey> usable() {
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

  StoredKeyset stored() {
    return stored;
  }

  @Override
  public String toString() {
    return "KeyRing[" + stored.purpose() + ", revision " + stored.revision() + "]";
  }

  private static final Lookup UNKNOWN = new Lookup.Unknown();

  private static Lookup lookup(StoredVersion version, Map<Integer, DataKey> keys) {
    if (version.state() != VersionState.ENABLED) {
      return new Lookup.Retired(version.state().name());
    }
    DataKey key = keys.get(version.version());
    if (key == null) {
      throw new IllegalStateException(
          "version " + version.version() + " is enabled but was not opened");
    }
    return new Lookup.Usable(key);
  }
}
