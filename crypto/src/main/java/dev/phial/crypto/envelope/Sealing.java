package dev.phial.crypto.envelope;

import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.pool.Pool;
import java.util.List;
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
    this.lanes = new Pool<>(
        () -> new MessageLane(new AesGcm(module), new Nonces(module.bulkRandom(), kernel)));
  }

  /** One whole message of {@code form}. */
  byte[] seal(Form form, DataKey key, byte[] associated, byte[] plaintext) {
    byte[] message = new byte[Layout.OVERHEAD + plaintext.length];
    Layout.writeHeader(form, message, key.id());
    key.count(1, plaintext.length);
    return begin(key, message, lane -> {
      lane.gcm.seal(lane.key, lane.iv, associated, plaintext, message, Layout.CIPHERTEXT_AT);
      return message;
    });
  }

  /** Whole messages of {@code form}, each under a nonce and a key of its own; one call to the kernel for many. */
  List<byte[]> sealAll(Form form, DataKey key, List<byte[]> associated, List<byte[]> plaintexts) {
    long bytes = 0;
    byte[][] messages = new byte[plaintexts.size()][];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = new byte[Layout.OVERHEAD + plaintexts.get(i).length];
      Layout.writeHeader(form, messages[i], key.id());
      bytes += plaintexts.get(i).length;
    }
    key.count(messages.length, bytes);
    MessageKeys keys = messageKeys(key);
    MessageLane lane = lanes.borrow();
    try {
      lane.nonces(messages);
      for (int i = 0; i < messages.length; i++) {
        lane.commit(keys, messages[i]);
        lane.gcm.seal(
            lane.key,
            lane.iv,
            associated.get(i),
            plaintexts.get(i),
            messages[i],
            Layout.CIPHERTEXT_AT);
      }
      release(lane);
      return List.of(messages);
    } finally {
      lane.wipe();
    }
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
    MessageLane lane = lanes.borrow();
    try {
      lane.begin(keys, header);
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
