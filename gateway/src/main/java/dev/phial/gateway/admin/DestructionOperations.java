package dev.phial.gateway.admin;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.keys.KeysetView;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The end of keys, for security teams. Thread-safe; does not block. Stages fail with an {@link
 * dev.phial.gateway.engine.EngineException}.
 */
public interface DestructionOperations {

  /**
   * Takes a version out of use, to be destroyed when its waiting time is over. Refused while something that the gateway knows
   * of hangs on it.
   */
  CompletionStage<DestructionPlan> schedule(Call call, Target keyset, int version, Terms terms);

  /** Takes a destruction back: the version is out of use only. */
  CompletionStage<KeysetView> cancel(Call call, Target keyset, int version);

  /** As {@link #schedule}, for all versions below one; they must be out of use already. */
  CompletionStage<DestructionPlan> trim(Call call, Target keyset, int least, Terms terms);

  /**
   * A signed statement of what was destroyed of a tenant's keys: see docs/keys.md. Refused when nothing was.
   *
   * @param purpose of which keyset only, or of all
   */
  CompletionStage<String> receipt(Call call, String tenant, Optional<KeyPurpose> purpose);

  /** Which keyset. */
  record Target(String tenant, KeyPurpose purpose) {}

  /**
   * On which terms something is destroyed.
   *
   * @param waiting for how long it can be taken back; without it, as long as the configuration says
   * @param discard whether what hangs on it may be lost
   * @param dryRun whether nothing is done and only told what would be
   */
  record Terms(Optional<Duration> waiting, boolean discard, boolean dryRun) {}
}
