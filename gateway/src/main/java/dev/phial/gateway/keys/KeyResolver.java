package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import java.util.concurrent.CompletionStage;

/**
 * Resolves keysets to usable keys: the only view of key management that the engine has.
 *
 * <p>Thread-safe; does not block. A stage fails with a {@link KeysUnavailableException} when the KMS or the store cannot
 * answer and nothing is cached.
 */
public interface KeyResolver {

  /**
   * The tenant's keyset for a purpose as an immutable snapshot, created on first use. A rotation shows in the next call,
   * never inside a snapshot.
   */
  CompletionStage<KeyRing> ring(String tenant, KeyPurpose purpose);

  /**
   * The keyset as the store has it at a moment after this call: for a version that its ring does not know. Calls share what they
   * wait for, so that the store is asked seldom however many there are.
   */
  CompletionStage<KeyRing> latest(String tenant, KeyPurpose purpose);

  /**
   * The keyset with a primary later than {@code used}, which has protected as much as it may ({@link
   * dev.phial.crypto.key.KeyUsedUpException}). Adds a version unless somebody has. While that cannot be done, nothing new is
   * protected; what was protected still opens.
   */
  CompletionStage<KeyRing> successor(String tenant, KeyPurpose purpose, int used);

  /**
   * The key version to which an element's tokens are pinned: recorded durably at first use (the primary of that moment),
   * unchanged by rotation, and moved by {@link PinAdministration} only. What is answered was read at most {@link
   * Pins#LEASE} ago.
   */
  CompletionStage<Pin> pin(String tenant, String element);
}
