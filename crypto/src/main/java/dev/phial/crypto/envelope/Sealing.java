package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.pool.Pool;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;

/**
 * What the sealed forms have in common (docs/format.md, decision record 0003): a header that names the key, holds a random
 * 192-bit nonce and commits to the message's own key, then AES-256-GCM. Thread-safe.
 */
final class Sealing {
  private final FipsModule module;
  private final Pool<MessageLane> lanes;

  Sealing(FipsModule module) {
    KernelRandom kernel = KernelRandom.open();
    this.module = module;
    this.lanes = new Pool<>(() -> new MessageLane(
        new AesGcm(module), new Nonces(module.bulkRandom(), kernel::fill, Hedge.under(module))));
  }

  /** One whole message of {@code form}. */
  byte[] seal(Form form, DataKey key, byte[] associated, byte[] plaintext) {
    byte[] message = new byte[Layout.OVERHEAD + plaintext.length];
    Layout.writeHeader(form, message, key.id());
    key.count(1, plaintext.length);
    MessageKeys keys = messageKeys(key);
    return with(lane -> {
      lane.begin(keys, message, associated, plaintext);
      lane.gcm.seal(lane.key, lane.iv, associated, plaintext, message, Layout.CIPHERTEXT_AT);
      return message;
    });
  }

  /** The plaintext of one whole message that names {@code claimed} as its key. */
  byte[] open(DataKey key, KeyId claimed, byte[] associated, byte[] message) {
    return resume(key, claimed, message, lane -> {
      try {
        return lane.gcm.open(lane.key, lane.iv, associated, message, Layout.CIPHERTEXT_AT);
      } catch (AEADBadTagException e) {
        throw new OpenFailedException();
      }
    });
  }

  /** Completes {@code header} with nonce and commitment, then runs {@code use} with the new message's key. */
  <T> T begin(DataKey key, byte[] header, Function<MessageLane, T> use) {
    MessageKeys keys = messageKeys(key);
    return with(lane -> {
      lane.begin(keys, header);
      return use.apply(lane);
    });
  }

  private <T> T with(Function<MessageLane, T> use) {
    MessageLane lane = lanes.borrow();
    try {
      T result = use.apply(lane);
      release(lane);
      return result;
    } finally {
      lane.wipe();
    }
  }

  /**
   * Runs {@code use} with the key of the message that {@code header} begins.
   *
   * @throws OpenFailedException when {@code key} is not the one that the header names and commits to
   */
  <T> T resume(DataKey key, KeyId claimed, byte[] header, Function<MessageLane, T> use) {
    MessageKeys keys = messageKeys(key);
    if (!key.id().equals(claimed)) {
      throw new OpenFailedException();
    }
    MessageLane lane = lanes.borrow();
    try {
      lane.resume(keys, header);
      return use.apply(lane);
    } finally {
      release(lane);
    }
  }

  private MessageKeys messageKeys(DataKey key) {
    key.requirePurpose(KeyPurpose.ENCRYPT);
    return key.prepared(
        KeyAccess.toKeyMaterial(),
        MessageKeys.class,
        material -> new MessageKeys(module, KeptKey.of(key, material)));
  }

  private void release(MessageLane lane) {
    lane.wipe();
    lanes.giveBack(lane);
  }
}
