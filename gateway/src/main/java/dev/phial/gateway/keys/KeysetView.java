package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What may be told of a keyset: no key material.
 *
 * @param tenant whose
 * @param purpose what for
 * @param keysetId the permanent id as 16 hex digits
 * @param primary the version that protects new data
 * @param pending the version that will, once every gateway that shares the store knows it
 * @param minimum versions below it open nothing
 * @param versions all versions, oldest first
 */
public record KeysetView(
    String tenant,
    KeyPurpose purpose,
    String keysetId,
    int primary,
    OptionalInt pending,
    int minimum,
    List<Version> versions) {

  /**
   * One version.
   *
   * @param version 1 or more
   * @param state where it is in its life
   * @param created when it was made
   * @param kek the key-encryption key that wraps it, as {@code kms/key}
   * @param kekVersion which version of that key, in the KMS's own words
   * @param second the second key-encryption key that wraps it, when there is one
   * @param destruction how its life ends, when somebody has asked for it
   */
  public record Version(
      int version,
      State state,
      Instant created,
      String kek,
      String kekVersion,
      Optional<Kek> second,
      Optional<Destruction> destruction) {

    /** A version under one key-encryption key, which nobody wants destroyed. */
    public Version(int version, State state, Instant created, String kek, String kekVersion) {
      this(version, state, created, kek, kekVersion, Optional.empty(), Optional.empty());
    }
  }

  /**
   * A version of a key-encryption key.
   *
   * @param name written {@code kms/key}
   * @param version in the KMS's own words
   */
  public record Kek(String name, String version) {}

  /**
   * The end of a version.
   *
   * @param due from when on it is destroyed
   * @param askedBy who asked for it
   * @param approvedBy who agreed; empty when nobody had to
   * @param request the request under which the audit log has it
   * @param done since when its bytes are gone from the store; nothing before
   * @param check tells its data key from every other, and tells nothing of it (docs/format.md)
   */
  public record Destruction(
      Instant due,
      String askedBy,
      String approvedBy,
      String request,
      Optional<Instant> done,
      String check) {}

  /** States as NIST SP 800-57 part 1, section 7, has them, as far as they are used. */
  public enum State {
    ENABLED,
    DISABLED,
    DESTROYED
  }

  public KeysetView {
    versions = List.copyOf(versions);
  }
}
