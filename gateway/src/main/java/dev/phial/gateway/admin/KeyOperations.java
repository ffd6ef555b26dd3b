package dev.phial.gateway.admin;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.KeysetView;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Key operations on behalf of a caller: allowed only to roles that administer, and audited before they answer. Stages fail with
 * {@link dev.phial.gateway.engine.EngineException}.
 */
public interface KeyOperations {

  /** Keysets of one tenant, or of all. */
  CompletionStage<List<KeysetView>> list(Call call, Optional<String> tenant);

  /** Adds a version and makes it primary. */
  CompletionStage<KeysetView> rotate(Call call, String tenant, KeyPurpose purpose);

  /** Takes a version out of use. */
  CompletionStage<KeysetView> disable(Call call, String tenant, KeyPurpose purpose, int version);

  /** Takes a disabled version back into use. */
  CompletionStage<KeysetView> enable(Call call, String tenant, KeyPurpose purpose, int version);

  /**
   * Lets versions below one open nothing. Refused while pins or vaulted tokens are known to hang on them.
   *
   * @param dryRun whether only to tell what would be
   */
  CompletionStage<KeysetView> setMinimum(
      Call call, String tenant, KeyPurpose purpose, int version, boolean dryRun);

  /** Wraps the keyset's data keys under the current version of the KEK that new ones get. */
  CompletionStage<KeysetView> rewrap(Call call, String tenant, KeyPurpose purpose);
}
