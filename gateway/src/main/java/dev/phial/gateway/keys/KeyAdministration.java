package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The key life cycle, without authorization. Thread-safe; does not block.
 *
 * <p>When a change's stage completes, the change is durable and holds in this process; other processes on the same store
 * follow with their next {@link Keysets#refresh}. Stages fail with a {@link KeysUnavailableException}, or with a {@link
 * KeyStateException} when the change does not fit the keyset's state, in which case nothing happened.
 */
public interface KeyAdministration {

  /** All keysets, or one tenant's. */
  CompletionStage<List<KeysetView>> list(Optional<String> tenant);

  /**
   * Adds a version, and makes it primary as soon as every process that shares the store has said that it can open it. When the
   * stage completes, the new version is durable, and the next {@link KeyResolver#ring} of this process has it. If that takes more
   * than {@link Rotations#PATIENCE}, it completes with a version that is still pending, and the rotation goes on by itself. A
   * version that is pending already is brought on instead of another one. Creates the keyset when there is none.
   */
  CompletionStage<KeysetView> rotate(String tenant, KeyPurpose purpose);

  /**
   * Takes a version out of use: nothing that it protected opens until it is enabled again, and its key is wiped from
   * memory. Not the primary. Disabling a disabled version changes nothing.
   */
  CompletionStage<KeysetView> disable(String tenant, KeyPurpose purpose, int version);

  /** Takes a disabled version back into use. Enabling an enabled version changes nothing. */
  CompletionStage<KeysetView> enable(String tenant, KeyPurpose purpose, int version);

  /**
   * Wraps the keyset's data keys, disabled ones too, under the current version of the KEK that new versions get. The data
   * keys stay the same, so no data is touched; afterwards nothing of this keyset needs the KEKs it had before.
   */
  CompletionStage<KeysetView> rewrap(String tenant, KeyPurpose purpose);
}
