package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import java.util.List;

/** The resolved versions of one keyset at one moment. Immutable; thread-safe. */
public interface KeyRing {

  /** The version that protects new data. */
  DataKey primary();

  /** What there is to say of a version; never null, never another version's key. */
  Lookup version(int version);

  /** The highest number of a version, 1 or more. A higher one may have been given since, by another process. */
  int newest();

  /**
   * Every key that can be used, that of the primary version first, then the newest.
   *
   * @throws KeysUnavailableException when this process cannot tell whether these are all
   */
  List<DataKey> usable();

  /** The keyset's permanent id, 8 random bytes as a number; appears in every envelope. */
  long keysetId();

  /**
   * Keeps the ring's keys in memory until it is closed, whatever is put out of memory meanwhile. A version that is taken out of
   * use goes at once all the same.
   *
   * @throws dev.phial.crypto.key.KeyDestroyedException when they are gone already: resolve again
   */
  Hold hold();

  /** See {@link #hold}. Closing twice is closing once. */
  @FunctionalInterface
  interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /** The answer to {@link #version}. */
  sealed interface Lookup {
    /** May be used to open, and to protect when pinned. */
    record Usable(DataKey key) implements Lookup {}

    /** Exists but was disabled, scheduled for destruction or destroyed. */
    record Retired(String state) implements Lookup {}

    /** No such version. */
    record Unknown() implements Lookup {}
  }
}
