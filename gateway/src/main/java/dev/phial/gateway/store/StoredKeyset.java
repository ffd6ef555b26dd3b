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
 * @param minimum versions below it open nothing; 1 to {@code primary}
 * @param versions all versions, 1 to n without gaps
 */
public record StoredKeyset(
    String tenant,
    KeyPurpose purpose,
    long id,
    long revision,
    int primary,
    int minimum,
    List<StoredVersion> versions) {

  public StoredKeyset {
    versions = List.copyOf(versions);
    if (primary < 1 || primary > versions.size()) {
      throw new IllegalArgumentException("the primary is one of the keyset's versions");
    }
    if (minimum < 1 || minimum > primary) {
      throw new IllegalArgumentException("the minimum is a version up to the primary");
    }
    for (int i = 0; i < versions.size(); i++) {
      if (versions.get(i).version() != i + 1) {
        throw new IllegalArgumentException("versions are numbered from 1 without gaps");
      }
    }
  }

  /** Without a minimum. */
  public StoredKeyset(
      String tenant,
      KeyPurpose purpose,
      long id,
      long revision,
      int primary,
      List<StoredVersion> versions) {
    this(tenant, purpose, id, revision, primary, 1, versions);
  }

  /** A new keyset with its first version. */
  public static StoredKeyset first(
      String tenant, KeyPurpose purpose, long id, StoredVersion version) {
    return new StoredKeyset(tenant, purpose, id, 1, 1, List.of(version));
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

  /**
   * The version that is to be primary next and protects nothing yet: it opens, so that every gateway knows it before the first
   * one writes with it. A version that was taken out of use meanwhile is none.
   */
  public Optional<StoredVersion> pending() {
    StoredVersion last = versions.get(versions.size() - 1);
    return last.version() > primary && last.state() == VersionState.ENABLED
        ? Optional.of(last)
        : Optional.empty();
  }

  /** Whether the tenant's keys are to be destroyed, or were (crypto-shred): nothing is protected any more. */
  public boolean isEnding() {
    return versions.get(primary - 1).destruction().isPresent();
  }

  /** Whether a version of it opens what it made. */
  public boolean opens(StoredVersion version) {
    return version.state() == VersionState.ENABLED && version.version() >= minimum;
  }

  /** The next revision: with the same versions in other states or under other KEKs. */
  public StoredKeyset with(List<StoredVersion> changed) {
    return next(primary, minimum, changed);
  }

  /** The next revision: with one version more, which is {@link #pending}. */
  public StoredKeyset announcing(StoredVersion version) {
    List<StoredVersion> all = new ArrayList<>(versions);
    all.add(version);
    return next(primary, minimum, all);
  }

  /**
   * The next revision: the pending version is primary.
   *
   * @throws IllegalStateException when none is pending
   */
  public StoredKeyset promoted() {
    StoredVersion next =
        pending().orElseThrow(() -> new IllegalStateException("no version is pending"));
    return next(next.version(), minimum, versions);
  }

  /** The next revision: versions below {@code version} open nothing. */
  public StoredKeyset openingFrom(int version) {
    return next(primary, version, versions);
  }

  private StoredKeyset next(int first, int least, List<StoredVersion> all) {
    return new StoredKeyset(tenant, purpose, id, revision + 1, first, least, all);
  }
}
