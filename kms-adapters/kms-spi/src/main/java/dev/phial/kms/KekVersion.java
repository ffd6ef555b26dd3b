package dev.phial.kms;

/**
 * Names the one KEK version that wrapped a key, for ever.
 *
 * @param kek the KEK
 * @param id the version's permanent id as the service gives it, never used again for other key material
 */
public record KekVersion(KekRef kek, String id) {
  private static final int MAX_LENGTH = 512;

  public KekVersion {
    if (id.isEmpty() || id.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the id of a KEK version has 1 to " + MAX_LENGTH + " characters");
    }
  }

  @Override
  public String toString() {
    return kek + "#" + id;
  }
}
