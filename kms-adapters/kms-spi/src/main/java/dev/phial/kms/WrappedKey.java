package dev.phial.kms;

import java.util.Arrays;

/**
 * A data key that only its KEK version can open. Safe to store; not shown all the same, because what is printed is
 * copied. Immutable.
 */
public final class WrappedKey {
  private final KekVersion kekVersion;
  private final byte[] bytes;

  private WrappedKey(KekVersion kekVersion, byte[] bytes) {
    this.kekVersion = kekVersion;
    this.bytes = bytes;
  }

  /** Takes a copy of {@code bytes}, which may be anything: only the KMS can tell whether they are good. */
  public static WrappedKey of(KekVersion kekVersion, byte[] bytes) {
    return new WrappedKey(kekVersion, bytes.clone());
  }

  /** The KEK version that wrapped it. */
  public KekVersion kekVersion() {
    return kekVersion;
  }

  /** A copy of the wrapped bytes, in the format of the adapter that made them. */
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WrappedKey that
        && kekVersion.equals(that.kekVersion)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * kekVersion.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "WrappedKey[" + kekVersion + "]";
  }
}
