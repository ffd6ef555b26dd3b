package dev.phial.crypto.vaulted;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.envelope.Envelope;
import dev.phial.crypto.envelope.EnvelopeCipher;
import dev.phial.crypto.envelope.EnvelopeText;
import dev.phial.crypto.envelope.OpenFailedException;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.Derivation;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.key.KeyPurpose;
import java.util.Map;
import java.util.function.Function;

/**
 * Seals the values behind vaulted tokens (docs/format.md): an envelope under a key that SP 800-108 derives from the data key
 * for tenant, element and token. A row that is moved to another token, element or tenant does not open there, and none of
 * them opens as an ordinary ciphertext. Thread-safe.
 */
public final class VaultedCipher {
  private static final String LABEL = "phial vaulted value 1";
  private static final String TOKEN = "token";

  private final Derivation derivation;
  private final EnvelopeCipher envelopes;

  public VaultedCipher(FipsModule module) {
    this.derivation = new Derivation(module);
    this.envelopes = new EnvelopeCipher(module);
  }

  /**
   * Seals a value, as the text of an envelope.
   *
   * @param context whose value of what, and the caller's own context
   * @param token the token that is to stand for it
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#ENCRYPT}, the value is longer than {@link
   *     EnvelopeCipher#MAX_PLAINTEXT}, or a text holds an unpaired surrogate
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public String seal(DataKey key, DataContext context, String token, byte[] value) {
    return withRowKey(
        key, context, token, row -> EnvelopeText.toText(envelopes.seal(row, context, value)));
  }

  /**
   * Gives the value back.
   *
   * @param sealed what {@link #seal} gave
   * @throws OpenFailedException when it was not made with this key for this context and token, or was changed
   * @throws dev.phial.crypto.envelope.EnvelopeFormatException when it is not the text of an envelope
   * @throws IllegalArgumentException as {@link #seal}
   * @throws dev.phial.crypto.key.KeyDestroyedException when the key was destroyed
   */
  public byte[] open(DataKey key, DataContext context, String token, String sealed) {
    Envelope envelope = EnvelopeText.parse(sealed);
    return withRowKey(key, context, token, row -> envelopes.open(row, context, envelope));
  }

  /** Which key sealed it, as it claims. */
  public static KeyId keyId(String sealed) {
    return EnvelopeText.parse(sealed).keyId();
  }

  private <T> T withRowKey(
      DataKey key, DataContext context, String token, Function<DataKey, T> use) {
    key.requirePurpose(KeyPurpose.ENCRYPT);
    DataContext row = new DataContext(context.tenant(), context.element(), Map.of(TOKEN, token));
    return derivation.withSubkey(KeyAccess.toKeyMaterial(), key, LABEL, row, subkey -> {
      DataKey rowKey = DataKey.of(key.id(), KeyPurpose.ENCRYPT, subkey, key.usage());
      try {
        return use.apply(rowKey);
      } finally {
        rowKey.destroy();
      }
    });
  }
}
