package dev.phial.crypto.key;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.security.auth.Destroyable;

/**
 * A 256-bit data key: a handle that can be used but not read.
 *
 * <p><b>Use.</b> Pass it to a cipher, a tokenizer or an index of this module. Its material is reachable only with a
 * {@link KeyAccess}.
 *
 * <p><b>Threads.</b> Thread-safe.
 *
 * <p><b>Destruction.</b> {@link #destroy} wipes the material and what was made of it and kept here. An operation that
 * runs at that moment may still finish; a later one fails with {@link KeyDestroyedException}. The module's own copies, if
 * any, are freed with the ciphers that hold them.
 *
 * <p>There is no {@code equals} and no {@code hashCode}: two handles are the same only when they are one.
 */
public final class DataKey implements Destroyable {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private final KeyId id;
  private final KeyPurpose purpose;
  private final byte[] material;
  private final Map<Class<?>, Object> prepared = new ConcurrentHashMap<>();
  private volatile boolean destroyed;

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

  /**
   * Runs {@code use} on a copy of the material that is wiped afterwards.
   *
   * @throws KeyDestroyedException when the key was destroyed
   */
  public <T> T withMaterial(KeyAccess access, Function<byte[], T> use) {
    Objects.requireNonNull(access, "access");
    byte[] copy = copyOfMaterial();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /**
   * What {@code maker} makes of the material, made once and kept with the key until it is destroyed: expanded key
   * schedules are dear.
   *
   * @param type names the kept thing; one of each type
   * @throws KeyDestroyedException when the key was destroyed
   */
  public <T> T prepared(KeyAccess access, Class<T> type, Function<byte[], T> maker) {
    Object kept = prepared.get(type);
    if (kept == null) {
      T made = withMaterial(access, maker);
      kept = keep(type, made);
    }
    return type.cast(kept);
  }

  /**
   * For those who keep something derived from the key elsewhere: what they keep may be used only while the key lives.
   *
   * @throws KeyDestroyedException when the key was destroyed
   */
  public void requireAlive() {
    if (destroyed) {
      throw new KeyDestroyedException(toString());
    }
  }

  private synchronized Object keep(Class<?> type, Object made) {
    requireAlive();
    Object earlier = prepared.putIfAbsent(type, made);
    return earlier == null ? made : earlier;
  }

  private synchronized byte[] copyOfMaterial() {
    requireAlive();
    return material.clone();
  }

  /** The purpose check that every user of a key makes first. */
  public void requirePurpose(KeyPurpose wanted) {
    if (purpose != wanted) {
      throw new IllegalArgumentException(
          "a key for " + purpose + " was given where one for " + wanted + " is needed");
    }
  }

  @Override
  public synchronized void destroy() {
    destroyed = true;
    Arrays.fill(material, (byte) 0);
    prepared.clear();
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  @Override
  public String toString() {
    return "DataKey[" + purpose + " v" + id.version() + "]";
  }
}
