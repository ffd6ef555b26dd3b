package dev.phial.crypto.envelope;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.AesGcm;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.crypto.pool.Pool;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;

/**
 * Seals values in envelopes and opens them (docs/format.md, decision record 0003): XAES-256-GCM with a commitment to the
 * key. Whoever lacks the key learns the length of the plaintext and nothing else; whoever changes a bit, or gives another
 * key or context, gets {@link OpenFailedException}.
 *
 * <p>One data key may seal 2^64 messages and more: each has its own key, made from a random 192-bit nonce. Thread-safe.
 */
public final class EnvelopeCipher {
  /** The most bytes that one envelope holds: 64 MiB. */
  public static final int MAX_PLAINTEXT = 64 << 20;

  private final FipsModule module;
  private final Pool<Lane> lanes;

  public EnvelopeCipher(FipsModule module) {
    KernelRandom kernel = new KernelRandom();
    this.module = module;
    this.lanes =
        new Pool<>(() -> new Lane(new AesGcm(module), new Nonces(module.random(), kernel)));
  }

  /**
   * Seals {@code plaintext}, which may be empty.
   *
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#ENCRYPT}, the plaintext is longer than
   *     {@link #MAX_PLAINTEXT}, or the context holds an unpaired surrogate
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public byte[] seal(DataKey key, DataContext context, byte[] plaintext) {
    key.requirePurpose(KeyPurpose.ENCRYPT);
    if (plaintext.length > MAX_PLAINTEXT) {
      throw new IllegalArgumentException("an envelope holds at most " + MAX_PLAINTEXT + " bytes");
    }
    byte[] associated = context.canonical();
    MessageKeys keys = messageKeys(key);
    byte[] envelope = new byte[Layout.OVERHEAD + plaintext.length];
    Layout.writeHeader(envelope, key.id());
    Lane lane = lanes.borrow();
    lane.nonces.writeTo(envelope);
    lane.derive(keys, envelope);
    System.arraycopy(
        lane.derived, AesGcm.KEY_LENGTH, envelope, Layout.COMMITMENT_AT, Layout.COMMITMENT_LENGTH);
    lane.gcm.seal(lane.key, lane.iv, associated, plaintext, envelope, Layout.CIPHERTEXT_AT);
    release(lane);
    return envelope;
  }

  /**
   * Gives the plaintext back.
   *
   * @throws OpenFailedException when it was not made with this key for this context, or was changed
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#ENCRYPT}, or the context holds an unpaired
   *     surrogate
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public byte[] open(DataKey key, DataContext context, Envelope envelope) {
    key.requirePurpose(KeyPurpose.ENCRYPT);
    if (!key.id().equals(envelope.keyId())) {
      throw new OpenFailedException();
    }
    byte[] associated = context.canonical();
    MessageKeys keys = messageKeys(key);
    Lane lane = lanes.borrow();
    try {
      lane.derive(keys, envelope.raw());
      requireCommitment(lane, envelope.raw());
      return lane.gcm.open(lane.key, lane.iv, associated, envelope.raw(), Layout.CIPHERTEXT_AT);
    } catch (AEADBadTagException e) {
      throw new OpenFailedException();
    } finally {
      release(lane);
    }
  }

  // Before anything is decrypted: a ciphertext made to open under two keys (threat T4) commits to
  // one of them at most.
  private static void requireCommitment(Lane lane, byte[] envelope) {
    byte[] expected = Arrays.copyOfRange(lane.derived, AesGcm.KEY_LENGTH, MessageKeys.DERIVED);
    byte[] found = Arrays.copyOfRange(envelope, Layout.COMMITMENT_AT, Layout.CIPHERTEXT_AT);
    if (!MessageDigest.isEqual(expected, found)) {
      throw new OpenFailedException();
    }
  }

  private MessageKeys messageKeys(DataKey key) {
    return key.prepared(
        KeyAccess.toKeyMaterial(),
        MessageKeys.class,
        material -> new MessageKeys(module, material));
  }

  private void release(Lane lane) {
    lane.wipe();
    lanes.giveBack(lane);
  }

  /** What one message at a time needs. */
  private static final class Lane {
    final AesGcm gcm;
    final Nonces nonces;
    final byte[] derived = new byte[MessageKeys.DERIVED];
    final byte[] key = new byte[AesGcm.KEY_LENGTH];
    final byte[] iv = new byte[AesGcm.IV_LENGTH];

    Lane(AesGcm gcm, Nonces nonces) {
      this.gcm = gcm;
      this.nonces = nonces;
    }

    /** XAES-256-GCM: the first half of the nonce makes the key, the second is GCM's IV. */
    void derive(MessageKeys keys, byte[] envelope) {
      keys.derive(envelope, derived);
      System.arraycopy(derived, 0, key, 0, key.length);
      System.arraycopy(envelope, Layout.NONCE_AT + AesGcm.IV_LENGTH, iv, 0, iv.length);
    }

    void wipe() {
      Arrays.fill(derived, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }
}
