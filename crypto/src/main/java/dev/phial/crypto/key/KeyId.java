package dev.phial.crypto.key;

/**
 * Names one version of one keyset, for ever.
 *
 * @param keyset the keyset's permanent random id; all 64 bits count
 * @param version 1 or more
 */
public record KeyId(long keyset, int version) {
  public KeyId {
    if (version < 1) {
      throw new IllegalArgumentException("a key version is 1 or more");
    }
  }
}
