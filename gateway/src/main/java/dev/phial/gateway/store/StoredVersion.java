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
 * @param destruction how its life ends, when somebody has asked for it; never of an enabled version
 */
public record StoredVersion(
    int version,
    VersionState state,
    Instant created,
    WrappedKey wrapped,
    Optional<WrappedKey> second,
    String check,
    Optional<Destruction> destruction) {
  private static final byte[] NO_BYTES = {};

  public StoredVersion {
    if (version < 1) {
      throw new IllegalArgumentException("a key version is 1 or more");
    }
    if (state == VersionState.DESTROYED && second.isPresent()) {
      throw new IllegalArgumentException("a destroyed version is wrapped under no KEK");
    }
    if (state == VersionState.ENABLED && destruction.isPresent()) {
      throw new IllegalArgumentException("a version that is to be destroyed is not enabled");
    }
    HexFormat.of().parseHex(check);
  }

  /** A version whose data key is wrapped under one KEK, and that nobody wants destroyed. */
  public StoredVersion(
      int version, VersionState state, Instant created, WrappedKey wrapped, String check) {
    this(version, state, created, wrapped, Optional.empty(), check, Optional.empty());
  }

  /** The same version in another state. */
  public StoredVersion in(VersionState other) {
    return new StoredVersion(version, other, created, wrapped, second, check, destruction);
  }

  /** The same data key, wrapped anew, and under these KEKs only. */
  public StoredVersion under(WrappedKey other, Optional<WrappedKey> otherSecond) {
    return new StoredVersion(version, state, created, other, otherSecond, check, destruction);
  }

  /** The same version, out of use and to be destroyed. */
  public StoredVersion ending(Destruction how) {
    return new StoredVersion(
        version, VersionState.DISABLED, created, wrapped, second, check, Optional.of(how));
  }

  /** The same version, out of use and not to be destroyed. */
  public StoredVersion spared() {
    return new StoredVersion(
        version, VersionState.DISABLED, created, wrapped, second, check, Optional.empty());
  }

  /** The same version, in use and not to be destroyed. */
  public StoredVersion revived() {
    return spared().in(VersionState.ENABLED);
  }

  /** The same version without its data key, under neither KEK, for good. */
  public StoredVersion destroyed() {
    return new StoredVersion(
        version,
        VersionState.DESTROYED,
        created,
        WrappedKey.of(wrapped.kekVersion(), NO_BYTES),
        Optional.empty(),
        check,
        destruction);
  }

  /** The same destroyed version, with the word that its bytes have left the store. */
  public StoredVersion gone(Instant since) {
    return new StoredVersion(
        version, state, created, wrapped, second, check, destruction.map(how -> how.done(since)));
  }
}
