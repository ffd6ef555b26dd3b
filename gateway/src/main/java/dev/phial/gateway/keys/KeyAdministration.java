package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The key life cycle, without authorization. Thread-safe; does not block. */
public interface KeyAdministration {

  /** All keysets, or one tenant's. */
  CompletionStage<List<KeysetView>> list(Optional<String> tenant);

  /**
   * Adds a version and makes it primary. When the stage completes, the new version is durable, and the next
   * {@link KeyResolver#ring} of this process has it. Creates the keyset when there is none.
   */
  CompletionStage<KeysetView> rotate(String tenant, KeyPurpose purpose);
}
