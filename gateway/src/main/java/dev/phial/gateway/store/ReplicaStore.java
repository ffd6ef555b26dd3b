package dev.phial.gateway.store;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Which gateways share the store, and how far each has followed the changes of keysets (decision record 0018). Times are the
 * database's alone: no two gateways' clocks are compared. Thread-safe; no method blocks. Stages fail with a {@link
 * StoreException} and nothing else.
 */
public interface ReplicaStore {

  /**
   * How many changes of keysets there have been, 0 or more. Who reads a keyset after it has this number sees all of them: the
   * number grows in the transaction of each change.
   */
  CompletionStage<Long> changes();

  /** Notes that a replica lives, and what it has seen. Those not heard for a day are forgotten. */
  CompletionStage<Void> heard(Replica replica);

  /** The replicas that were heard within so long, by id. */
  CompletionStage<List<Replica>> replicas(Duration within);

  /** Forgets a replica, which has ended. */
  CompletionStage<Void> gone(String id);
}
