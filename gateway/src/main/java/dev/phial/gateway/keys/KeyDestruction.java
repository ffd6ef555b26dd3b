package dev.phial.gateway.keys;

import dev.phial.crypto.key.KeyPurpose;
import java.util.concurrent.CompletionStage;

/**
 * The end of key versions, without authorization. Thread-safe; does not block.
 *
 * <p>A version that is to be destroyed goes out of use at once and can be taken back until it is due. Then some process on the
 * store destroys it, once, with {@link #destroyDue}. Changes need no KMS: what cannot be opened any more can still be
 * destroyed. Stages fail as those of {@link KeyAdministration} do.
 */
public interface KeyDestruction {

  /** What {@link #schedule} would make of the keyset. Changes nothing. */
  CompletionStage<KeysetView> preview(
      String tenant, KeyPurpose purpose, int version, DestructionOrder order);

  /** Takes a version out of use, to be destroyed when it is due. Not the primary. */
  CompletionStage<KeysetView> schedule(
      String tenant, KeyPurpose purpose, int version, DestructionOrder order);

  /** Takes the destruction of a version back: it is out of use only. */
  CompletionStage<KeysetView> cancel(String tenant, KeyPurpose purpose, int version);

  /** What {@link #trim} would make of the keyset. Changes nothing. */
  CompletionStage<KeysetView> previewTrim(
      String tenant, KeyPurpose purpose, int least, DestructionOrder order);

  /** All versions below {@code least}, which are out of use, are to be destroyed when due. Refused while one is enabled. */
  CompletionStage<KeysetView> trim(
      String tenant, KeyPurpose purpose, int least, DestructionOrder order);

  /**
   * Destroys what is due, of all tenants: tells {@link KeyEvents#destroying} first, then removes the wrapped keys, wipes them
   * from this process's memory and the store's files, and tells {@link KeyEvents#destroyed}. Of several processes that do this
   * at once each version is destroyed by one.
   *
   * @return how many versions are gone that were not before
   */
  CompletionStage<Integer> destroyDue();
}
