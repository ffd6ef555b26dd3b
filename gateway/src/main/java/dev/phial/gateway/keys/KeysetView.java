package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import java.time.Instant;
import java.util.List;
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
   */
  public record Version(int version, State state, Instant created, String kek, String kekVersion) {}

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
