package dev.phial.crypto.key;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
 * <p><b>Destruction.</b> {@link #destroy} wipes the material and everything derived from it ({@link KeptKey}). An operation
 * that runs at that moment may still finish; a later one fails with {@link KeyDestroyedException}. The module's own copies are
 * freed with the ciphers that hold them. {@link #retire} does the same when nobody {@linkplain #hold holds} the key any more:
 * for a key that is not wanted in memory, though nothing is wrong with it.
 *
 * <p><b>Usage.</b> What protects data under the key {@linkplain #count counts} it, and is refused over the limit.
 *
 * <p>There is no {@code equals} and no {@code hashCode}: two handles are the same only when they are one.
 */
public final class DataKey implements Destroyable {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private final KeyId id;
  private final KeyPurpose purpose;
  private final byte[] material;
  private final KeyUsage usage;
  private final Map<Class<?>, Object> prepared = new ConcurrentHashMap<>();
  /** Weak: what its user has dropped is nothing to wipe. Guarded by this. */
  private final Set<KeptKey> kept = Collections.newSetFromMap(new WeakHashMap<>());

  /** How many hold the key; {@link #RETIRED} more when it goes with the last of them. */
  private final AtomicInteger holds = new AtomicInteger();

  private volatile boolean destroyed;

  private static final int RETIRED = Integer.MIN_VALUE;

  private DataKey(KeyId id, KeyPurpose purpose, byte[] material, KeyUsage usage) {
    this.id = id;
    this.purpose = purpose;
    this.material = material;
    this.usage = usage;
  }

  /** As {@link #of(KeyId, KeyPurpose, byte[], KeyUsage)}, with the purpose's usual limit and nothing protected so far. */
  public static DataKey of(KeyId id, KeyPurpose purpose, byte[] material) {
    return of(id, purpose, material, new KeyUsage(UsageLimit.of(purpose)));
  }

  /**
   * Takes a copy of {@code material}; the caller should wipe its own.
   *
   * @param usage what was protected under the key so far, and may be
   */
  public static DataKey of(KeyId id, KeyPurpose purpose, byte[] material, KeyUsage usage) {
    if (material.length != LENGTH) {
      throw new IllegalArgumentException("a data key has " + LENGTH + " bytes");
    }
    return new DataKey(id, purpose, material.clone(), usage);
  }

  public KeyId id() {
    return id;
  }

  public KeyPurpose purpose() {
    return purpose;
  }

  /**
   * Counts messages that are about to be protected.
   *
   * @throws KeyUsedUpException when they would be over the limit; then they must not be protected
   */
  public void count(long messages, long bytes) {
    if (!usage.take(messages, bytes)) {
      throw new KeyUsedUpException(this);
    }
  }

  /** What was protected under the key in this process. */
  public KeyUsage usage() {
    return usage;
  }

  /**
   * Keeps the key usable until the result is closed, even if it is retired meanwhile; not if it is destroyed.
   *
   * @throws KeyDestroyedException when it was retired or destroyed
   */
  public KeyHold hold() {
    if (holds.incrementAndGet() < 0) {
      letGo();
      throw new KeyDestroyedException(toString());
    }
    KeyHold hold = new KeyHold(this);
    if (destroyed) {
      hold.close();
      requireAlive();
    }
    return hold;
  }

  void letGo() {
    if (holds.decrementAndGet() == RETIRED) {
      destroy();
    }
  }

  /** Destroys the key as soon as nobody holds it: now, or with the last hold. Nobody gets a new one. */
  public void retire() {
    if (holds.getAndUpdate(count -> count | RETIRED) == 0) {
      destroy();
    }
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

  synchronized void adopt(KeptKey derived) {
    if (destroyed) {
      derived.wipe();
    }
    requireAlive();
    kept.add(derived);
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
    kept.forEach(KeptKey::wipe);
    kept.clear();
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
