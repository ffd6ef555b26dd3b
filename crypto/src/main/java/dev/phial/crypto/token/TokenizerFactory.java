package dev.phial.crypto.token;

import dev.phial.crypto.context.DataContext;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fips.HmacSha256;
import dev.phial.crypto.fpe.Ff1;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.Derivation;
import dev.phial.crypto.key.KeptKey;
import dev.phial.crypto.key.KeyAccess;
import dev.phial.crypto.key.KeyPurpose;

/** Makes tokenizers with one FF1 engine. Thread-safe. */
public final class TokenizerFactory {
  // Plain and marked tokens have keys of their own: one kind never deciphers the other's.
  private static final String PLAIN_LABEL = "phial token plain 1";
  private static final String MARKED_LABEL = "phial token marked 1";
  private static final String TWEAK_LABEL = "phial token tweak 1";

  private final FipsModule module;
  private final Ff1Engine engine;
  private final Derivation derivation;

  public TokenizerFactory(FipsModule module, Ff1Engine engine) {
    this.module = module;
    this.engine = engine;
    this.derivation = new Derivation(module);
  }

  /**
   * A tokenizer for one element of one tenant under one key version; worth keeping, since its making derives keys and has
   * both FF1 engines agree on them.
   *
   * @throws TokenFormatException when the format cannot be used with that marking
   * @throws IllegalArgumentException when the key is not for {@link KeyPurpose#TOKENIZE}
   */
  public ElementTokenizer tokenizer(
      DataKey key, String tenant, String element, TokenFormat format, Marking marking) {
    key.requirePurpose(KeyPurpose.TOKENIZE);
    format.requireUsable(marking);
    DataContext context = DataContext.of(tenant, element);
    return new ElementTokenizer(
        key,
        format,
        coding(format, marking, key),
        ff1(key, context, marking),
        tweaks(key, context));
  }

  private static Coding coding(TokenFormat format, Marking marking, DataKey key) {
    return marking == Marking.PLAIN
        ? new PlainCoding(format)
        : new MarkedCoding(format, key.id().version());
  }

  private Ff1 ff1(DataKey key, DataContext context, Marking marking) {
    String label = marking == Marking.PLAIN ? PLAIN_LABEL : MARKED_LABEL;
    return derivation.withSubkey(
        KeyAccess.toKeyMaterial(),
        key,
        label,
        context.tenant(),
        context.element(),
        subkey -> engine.crossChecked(module, KeptKey.of(key, subkey)));
  }

  private Tweaks tweaks(DataKey key, DataContext context) {
    return derivation.withSubkey(
        KeyAccess.toKeyMaterial(),
        key,
        TWEAK_LABEL,
        context.tenant(),
        context.element(),
        subkey -> new Tweaks(
            KeptKey.of(key, subkey)
                .pool(KeyAccess.toKeyMaterial(), bytes -> new HmacSha256(module, bytes)),
            context));
  }
}
