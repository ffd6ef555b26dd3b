package dev.phial.gateway.store;

import dev.phial.kms.WrappedKey;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One version of a keyset as it is stored.
 *
 * @param version 1 or more
 * @param state where it is in its life
 * @param created when it was made, in whole milliseconds
 * @param wrapped the wrapped data key; without bytes when destroyed
 * @param check what tells the right data key from a wrong one, as lower-case hex
 */
public record StoredVersion(
    int version, VersionState state, Instant created, WrappedKey wrapped, String check) {
  public StoredVersion {
    if (version < 1) {
      throw new IllegalArgumentException("a key version is 1 or more");
    }
    HexFormat.of().parseHex(check);
  }

  /** The same version in another state. */
  public StoredVersion in(VersionState other) {
    return new StoredVersion(version, other, created, wrapped, check);
  }

  /** The same data key, wrapped anew. */
  public StoredVersion under(WrappedKey other) {
    return new StoredVersion(version, state, created, other, check);
  }
}
