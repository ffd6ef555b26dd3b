package dev.phial.crypto.key;

/**
 * The right to touch key material. To find every place that does, search for {@link #toKeyMaterial}; an architecture test
 * lists the packages that may.
 */
public final class KeyAccess {
  private static final KeyAccess GRANT = new KeyAccess();

  private KeyAccess() {}

  /** Says in the open that the caller handles key material. */
  public static KeyAccess toKeyMaterial() {
    return GRANT;
  }
}
