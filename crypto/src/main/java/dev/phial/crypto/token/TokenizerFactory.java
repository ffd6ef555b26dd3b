package dev.phial.crypto.token;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.DataKey;

/** Makes tokenizers with one engine. Thread-safe. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class TokenizerFactory {
  private final FipsModule module;
  private final Ff1Engine engine;

  public TokenizerFactory(FipsModule module, Ff1Engine engine) {
    this.module = module;
    this.engine = engine;
  }

  /**
   * A tokenizer for one element of one tenant under one key version; worth keeping, since its making derives a key and
   * checks it in both engines.
   *
   * @throws TokenFormatException when the format cannot be used with that marking
   */
  public ElementTokenizer tokenizer(
      DataKey key, String tenant, String element, TokenFormat format, Marking marking) {
    throw new UnsupportedOperationException("to come");
  }
}
