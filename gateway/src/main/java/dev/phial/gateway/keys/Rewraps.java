package dev.phial.gateway.keys;

import dev.phial.gateway.store.KeysetStore.KeysetId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Data keys under the current version of the KEK that new ones get, keyset by keyset, for jobs over all of them. Works on the store:
 * what is in memory stays there, and is right, because the data keys stay the same.
 *
 * <p>Thread-safe; does not block. Stages fail with a {@link KeysUnavailableException}.
 */
public interface Rewraps {

  /** How many keysets there are, of all tenants or of one. */
  CompletionStage<Long> count(Optional<String> tenant);

  /** The next keysets in an order that never changes. */
  CompletionStage<List<KeysetId>> next(Optional<String> tenant, OptionalLong after, int most);

  /**
   * Brings one keyset there. True when that needed something; false when every version of it was there already, or it is gone.
   * A version is wrapped anew only once, however often this is called.
   */
  CompletionStage<Boolean> rewrap(long keyset);
}
