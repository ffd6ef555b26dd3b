package dev.phial.gateway.store;

import dev.phial.crypto.key.KeyPurpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A keyset as it is stored. Immutable; a change is a new one with the next revision.
 *
 * @param tenant whose
 * @param purpose what for
 * @param id the permanent random id; all 64 bits count
 * @param revision 1 when created, one more with each change
 * @param primary the version that protects new data
 * @param versions all versions, 1 to n without gaps
 */
public record StoredKeyset(
    String tenant,
    KeyPurpose purpose,
    long id,
    long revision,
    int primary,
    List<StoredVersion> versions) {

  public StoredKeyset {
    versions = List.copyOf(versions);
    if (primary < 1 || primary > versions.size()) {
      throw new IllegalArgumentException("the primary is one of the keyset's versions");
    }
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).version() != i + 1) {
        throw new IllegalArgumentException("versions are numbered from 1 without gaps");
      }
    }
  }

  /** A new keyset with its first version. */
  public static StoredKeyset first(
      String tenant, KeyPurpose purpose, long id, StoredVersion version) {
    return new StoredKeyset(tenant, purpose, id, 1, 1, List.of(version));
  }

  /** Whether the keyset as a whole is to be destroyed, or was: nothing is protected with it any more. */
  public boolean isEnding() {
    return versions.get(primary - 1).destruction().isPresent();
  }

  /** The number that the next version will have. */
  public int nextVersion() {
    return versions.size() + 1;
  }

  /** The version of that number, if there is one. */
  public Optional<StoredVersion> version(int number) {
    return number >= 1 && number <= versions.size()
        ? Optional.of(versions.get(number - 1))
        : Optional.empty();
  }

  /** The next revision: with the same versions in other states or under other KEKs. */
  public StoredKeyset with(List<StoredVersion> changed) {
    return new StoredKeyset(tenant, purpose, id, revision + 1, primary, changed);
  }

  /** The next revision: with one version more, which is primary. */
  public StoredKeyset rotatedTo(StoredVersion version) {
    List<StoredVersion> all = new ArrayList<>(versions);
    all.add(version);
    return new StoredKeyset(tenant, purpose, id, revision + 1, version.version(), all);
  }
}
