package dev.phial.crypto.envelope;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;

/**
 * Seals values in envelopes and opens them (docs/format.md, decision record 0003): XAES-256-GCM with a commitment to the
 * key. Whoever lacks the key learns the length of the plaintext and nothing else; whoever changes a bit, or gives another
 * key or context, gets {@link OpenFailedException}.
 *
 * <p>One data key could seal 2^64 messages and more: each has its own key, made from a random 192-bit nonce. How many it may
 * says its {@linkplain DataKey#usage usage}. Thread-safe.
 */
public final class EnvelopeCipher {
  /** The most bytes that one envelope holds: 64 MiB. */
  public static final int MAX_PLAINTEXT = 64 << 20;

  private final Sealing sealing;

  public EnvelopeCipher(FipsModule module) {
    this.sealing = new Sealing(module);
  }

  /**
   * Seals {@code plaintext}, which may be empty.
   *
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#ENCRYPT}, the plaintext is longer than
   *     {@link #MAX_PLAINTEXT}, or the context holds an unpaired surrogate
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   * @throws dev.phial.crypto.key.KeyUsedUpException when it may protect no more
   */
  public byte[] seal(DataKey key, DataContext context, byte[] plaintext) {
    if (plaintext.length > MAX_PLAINTEXT) {
      throw new IllegalArgumentException("an envelope holds at most " + MAX_PLAINTEXT + " bytes");
    }
    return sealing.seal(Form.VALUE, key, context.canonical(), plaintext);
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
    return sealing.open(key, envelope.keyId(), context.canonical(), envelope.raw());
  }
}
