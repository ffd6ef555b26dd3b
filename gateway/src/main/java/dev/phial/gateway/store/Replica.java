package dev.phial.gateway.store;

import java.util.Set;

/**
 * A gateway that uses the store, as it has told of itself. Immutable.
 *
 * @param id random, one for each process
 * @param seen every change of a keyset up to this number is in what it uses; see {@link ReplicaStore#changes}
 * @param behind ids of the keysets of which that is not so, because it could not open a key
 */
public record Replica(String id, long seen, Set<Long> behind) {
  public Replica {
    behind = Set.copyOf(behind);
  }

  /** Whether it uses a keyset as it was after that many changes, or later. */
  public boolean has(long keyset, long changes) {
    return seen >= changes && !behind.contains(keyset);
  }
}
