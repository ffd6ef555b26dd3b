package dev.phial.crypto.envelope;

import dev.phial.crypto.context.ContextKind;
import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;

/**
 * Seals many named fields as one message: one nonce, one derived key, one tag, whatever their number. What opens is the
 * whole record as it was sealed, each value under the name it was sealed with, and nothing else: a field that was changed,
 * renamed, moved, removed, or brought in from another record makes the record refuse to open.
 *
 * <p>Whoever lacks the key learns the sum of the lengths, and neither the fields' names nor their number. The context's
 * element is the record's name. The rest is as for {@link EnvelopeCipher}. Thread-safe.
 */
public final class RecordCipher {
  private final Sealing sealing;

  public RecordCipher(FipsModule module) {
    this.sealing = new Sealing(module);
  }

  /**
   * Seals {@code fields}.
   *
   * @throws IllegalArgumentException when the key is not for {@link dev.phial.crypto.key.KeyPurpose#ENCRYPT}, or the
   *     context holds an unpaired surrogate
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public byte[] seal(DataKey key, DataContext context, RecordFields fields) {
    return sealing.seal(Form.RECORD, key, context.canonical(ContextKind.RECORD), fields.body());
  }

  /**
   * Gives the fields back, all of them authentic.
   *
   * @throws OpenFailedException when it was not made with this key for this context, or was changed
   * @throws EnvelopeFormatException when the key's holder sealed something else than canonical fields
   * @throws IllegalArgumentException as {@link #seal}
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public RecordFields open(DataKey key, DataContext context, SealedRecord record) {
    return RecordFields.parse(
        sealing.open(key, record.keyId(), context.canonical(ContextKind.RECORD), record.raw()));
  }
}
