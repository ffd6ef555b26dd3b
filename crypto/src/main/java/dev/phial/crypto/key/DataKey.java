package dev.phial.crypto.key;

import java.util.Arrays;
import javax.security.auth.Destroyable;

/** A 256-bit data key: a handle that can be used but not read. */
public final class DataKey implements Destroyable {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private final KeyId id;
  private final KeyPurpose purpose;
  private final byte[] material;

  private DataKey(KeyId id, KeyPurpose purpose, byte[] material) {
    this.id = id;
    this.purpose = purpose;
    this.material = material;
  }

  /** Takes a copy of {@code material}; the caller should wipe its own. */
  public static DataKey of(KeyId id, KeyPurpose purpose, byte[] material) {
    if (material.length != LENGTH) {
      throw new IllegalArgumentException("a data key has " + LENGTH + " bytes");
    }
    return new DataKey(id, purpose, material.clone());
  }

  public KeyId id() {
    return id;
  }

  public KeyPurpose purpose() {
    return purpose;
  }

  @Override
  public void destroy() {
    Arrays.fill(material, (byte) 0);
  }

  @Override
  public String toString() {
    return "DataKey[" + purpose + " v" + id.version() + "]";
  }
}
