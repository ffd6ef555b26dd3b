package dev.phial.crypto.envelope;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;

/** stub */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class EnvelopeCipher {
  /** The most bytes that one envelope holds: 64 MiB. */
  public static final int MAX_PLAINTEXT = 64 << 20;

  private final FipsModule module;

  public EnvelopeCipher(FipsModule module) {
    this.module = module;
  }

  public byte[] seal(DataKey key, DataContext context, byte[] plaintext) {
    throw new UnsupportedOperationException("to come");
  }

  /**
   * Gives the plaintext back.
   *
   * @throws OpenFailedException when it was not made with this key for this context, or was changed
   */
  public byte[] open(DataKey key, DataContext context, Envelope envelope) {
    throw new UnsupportedOperationException("to come");
  }
}
