package dev.phial.crypto.key;

import dev.phial.crypto.pool.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Key bytes derived from a data key and kept as long as it lives: when the data key is destroyed they are wiped, and the pools
 * of ciphers made from them are emptied. Whoever is at work with a cipher of them finishes; nobody gets another.
 *
 * <p>This is the one way to keep derived key bytes: a field of bytes would outlive its key. Thread-safe.
 */
public final class KeptKey {
  private final String name;
  private final byte[] material;
  private final List<Pool<?>> pools = new ArrayList<>();
  private boolean wiped;

  private KeptKey(String name, byte[] material) {
    this.name = name;
    this.material = material.clone();
  }

  /**
   * Takes a copy of {@code material}, to be wiped with {@code owner}.
   *
   * @throws KeyDestroyedException when that was destroyed already
   */
  public static KeptKey of(DataKey owner, byte[] material) {
    KeptKey kept = new KeptKey(owner.toString(), material);
    owner.adopt(kept);
    return kept;
  }

  /** Takes a copy of a key that belongs to no data key: a sample's, which protects nothing. */
  public static KeptKey ofSample(byte[] material) {
    return ofHolder("a sample key", material);
  }

  /** Takes a copy of a key that somebody outside holds; only {@link #wipe} ends it here. */
  public static KeptKey ofHolder(String name, byte[] material) {
    return new KeptKey(name, material);
  }

  /**
   * Runs {@code use} on a copy of the bytes, which is wiped afterwards.
   *
   * @throws KeyDestroyedException when the data key was destroyed
   */
  public <T> T use(KeyAccess access, Function<byte[], T> use) {
    Objects.requireNonNull(access, "access");
    byte[] copy = copy();
    try {
      return use.apply(copy);
    } finally {
      Arrays.fill(copy, (byte) 0);
    }
  }

  /** A pool of what {@code maker} makes of the bytes; {@code wiper} clears what is dropped with the key. */
  public <T> Pool<T> pool(KeyAccess access, Function<byte[], T> maker, Consumer<T> wiper) {
    Pool<T> pool = new Pool<>(() -> use(access, maker), wiper);
    keep(pool);
    return pool;
  }

  /** A pool of things that hold no bytes of their own. */
  public <T> Pool<T> pool(KeyAccess access, Function<byte[], T> maker) {
    return pool(access, maker, item -> {});
  }

  private synchronized void keep(Pool<?> pool) {
    requireKept();
    pools.add(pool);
  }

  private synchronized byte[] copy() {
    requireKept();
    return material.clone();
  }

  private void requireKept() {
    if (wiped) {
      throw new KeyDestroyedException(name);
    }
  }

  /** Wipes; safe to call again. */
  public synchronized void wipe() {
    wiped = true;
    Arrays.fill(material, (byte) 0);
    pools.forEach(Pool::close);
    pools.clear();
  }
}
