package dev.phial.gateway.keys;

import dev.phial.crypto.key.DataKey;
import java.util.List;

/** The resolved versions of one keyset at one moment. Immutable; thread-safe. */
public interface KeyRing {

  /** The version that protects new data. */
  DataKey primary();

  /** What there is to say of a version; never null, never another version's key. */
  Lookup version(int version);

  /** Every key that can be used, that of the primary version first, then the newest. */
  List<DataKey> usable();

  /** The keyset's permanent id, 8 random bytes as a number; appears in every envelope. */
  long keysetId();

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
