package dev.phial.gateway.store;

import java.util.ArrayList;
import java.util.List;

/** Rotation in one step, which gateways do in two. */
public final class Rotated {
  private Rotated() {}

  /** The next revision: with one version more, which is primary. */
  public static StoredKeyset by(StoredKeyset keyset, StoredVersion version) {
    List<StoredVersion> versions = new ArrayList<>(keyset.versions());
    versions.add(version);
    return new StoredKeyset(
        keyset.tenant(),
        keyset.purpose(),
        keyset.id(),
        keyset.revision() + 1,
        version.version(),
        keyset.minimum(),
        versions);
  }
}
