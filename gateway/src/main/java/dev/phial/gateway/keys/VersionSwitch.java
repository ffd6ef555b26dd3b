package dev.phial.gateway.keys;

import dev.phial.gateway.store.StoredKeyset;
import dev.phial.gateway.store.StoredVersion;
import dev.phial.gateway.store.VersionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes one version of a keyset out of use, or back into it (NIST SP 800-57 part 1, section 7: suspended and active). A
 * pure function from one revision to the next.
 *
 * @param version which
 * @param wanted {@link VersionState#ENABLED} or {@link VersionState#DISABLED}
 */
record VersionSwitch(int version, VersionState wanted) implements KeysetChange {

  @Override
  public Optional<StoredKeyset> apply(StoredKeyset current) {
    StoredVersion found = current
        .version(version)
        .orElseThrow(() -> new KeyStateException("the keyset has no version " + version
            + "; its versions are 1 to " + current.versions().size()));
    if (found.state() == wanted) {
      return Optional.empty();
    }
    if (found.state() == VersionState.DESTROYED) {
      throw new KeyStateException("version " + version + " was destroyed, which is for good");
    }
    if (found.destruction().isPresent()) {
      throw new KeyStateException("version " + version + " is to be destroyed; cancel that first");
    }
    if (wanted == VersionState.DISABLED && version == current.primary()) {
      throw new KeyStateException(
          "version " + version + " is primary and protects new data; rotate the keyset first");
    }
    List<StoredVersion> versions = new ArrayList<>(current.versions());
    versions.set(version - 1, found.in(wanted));
    return Optional.of(current.with(versions));
  }
}
