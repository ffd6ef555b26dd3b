package dev.phial.gateway.store;

import dev.phial.kms.WrappedKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * One version of a keyset as it is stored.
 *
 * @param version 1 or more
 * @param state where it is in its life
 * @param created when it was made, in whole milliseconds
 * @param wrapped the wrapped data key; without bytes when destroyed
 * @param second the same data key, wrapped once more under another KEK: either opens it. Never when destroyed
 * @param check what tells the right data key from a wrong one, as lower-case hex
 */
public record StoredVersion(
    int version,
    VersionState state,
    Instant created,
    WrappedKey wrapped,
    Optional<WrappedKey> second,
    String check) {
  public StoredVersion {
    if (version < 1) {
      throw new IllegalArgumentException("a key version is 1 or more");
    }
    if (state == VersionState.DESTROYED && second.isPresent()) {
      throw new IllegalArgumentException("a destroyed version is wrapped under no KEK");
    }
    HexFormat.of().parseHex(check);
  }

  /** A version whose data key is wrapped under one KEK. */
  public StoredVersion(
      int version, VersionState state, Instant created, WrappedKey wrapped, String check) {
    this(version, state, created, wrapped, Optional.empty(), check);
  }

  /** The same version in another state. */
  public StoredVersion in(VersionState other) {
    return new StoredVersion(version, other, created, wrapped, second, check);
  }

  /** The same data key, wrapped anew, and under these KEKs only. */
  public StoredVersion under(WrappedKey other, Optional<WrappedKey> otherSecond) {
    return new StoredVersion(version, state, created, other, otherSecond, check);
  }
}
