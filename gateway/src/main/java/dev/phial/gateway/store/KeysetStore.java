package dev.phial.gateway.store;

import dev.phial.crypto.key.KeyPurpose;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where wrapped keysets and pins outlive the process, and gateways that share them know of each other.
 *
 * <ol>
 *   <li>When the stage of a changing operation completes, the change survives a crash of the process and of the machine.
 *   <li>An operation happens as a whole or not at all, also beside other processes that use the same store.
 *   <li>A reader sees one revision of a keyset, never parts of two.
 * </ol>
 *
 * <p>Thread-safe. No method blocks; stages complete on a thread that may be used for short work. They fail with a {@link
 * StoreException} and nothing else.
 */
public interface KeysetStore extends ReplicaStore, AutoCloseable {

  /** The keyset of a tenant and purpose, if there is one. */
  CompletionStage<Optional<StoredKeyset>> find(String tenant, KeyPurpose purpose);

  /** All keysets, or one tenant's, by tenant and purpose. */
  CompletionStage<List<StoredKeyset>> list(Optional<String> tenant);

  /**
   * Adds a keyset of revision 1. False, and nothing happened, when its tenant and purpose have one already or its id is
   * taken.
   */
  CompletionStage<Boolean> create(StoredKeyset keyset);

  /**
   * Replaces the keyset of the same id if it is still of revision {@code next.revision() - 1}. False, and nothing
   * happened, when it is not: somebody else was faster, read again.
   */
  CompletionStage<Boolean> compareAndSet(StoredKeyset next);

  /** The pin of an element of a tenant, if it has one. */
  CompletionStage<Optional<StoredPin>> pin(String tenant, String element);

  /** All pins, or one tenant's, by tenant and element. */
  CompletionStage<List<StoredPin>> pins(Optional<String> tenant);

  /**
   * Adds a pin of revision 1 unless the element has one already; the answer is the one that holds from now on.
   */
  CompletionStage<StoredPin> create(StoredPin pin);

  /**
   * Replaces the pin of the same element if it is still of revision {@code next.revision() - 1}. False, and nothing
   * happened, when it is not.
   */
  CompletionStage<Boolean> compareAndSet(StoredPin next);

  /**
   * Calls the listener, until closed, soon after a keyset or a pin was changed by whomever, where the database can tell. A
   * hint and no promise: some databases never tell, others forget to while a connection is down. So look at regular times
   * too. The listener must not wait.
   */
  Watch watch(Runnable listener);

  /** Completes if the store can be read at this moment. */
  CompletionStage<Void> check();

  /** Finishes what was started and closes. Operations started later fail. */
  @Override
  void close();
}
