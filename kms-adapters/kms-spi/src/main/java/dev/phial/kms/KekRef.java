package dev.phial.kms;

/**
 * Names a key-encryption key as a configuration does. What the name stands for may change when the KEK is rotated; {@link
 * KekVersion} may not.
 *
 * @param kms the configured name of the KMS: letters, digits, {@code -} and {@code _}
 * @param key the key's name there, in the words of that service: an alias, a path, an ARN
 */
public record KekRef(String kms, String key) {
  private static final int MAX_LENGTH = 512;

  public KekRef {
    if (!kms.matches("[A-Za-z0-9_-]{1,64}")) {
      throw new IllegalArgumentException(
          "the name of a KMS has 1 to 64 letters, digits, '-' or '_'");
    }
    if (key.isEmpty()
        || key.length() > MAX_LENGTH
        || !key.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the name of a KEK has 1 to " + MAX_LENGTH + " visible ASCII characters");
    }
  }

  /** Reads {@code kms/key}, the form that {@link #toString} writes. */
  public static KekRef parse(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("a KEK is written as kms/key, such as local/default");
    }
    return new KekRef(text.substring(0, slash), text.substring(slash + 1));
  }

  @Override
  public String toString() {
    return kms + "/" + key;
  }
}
