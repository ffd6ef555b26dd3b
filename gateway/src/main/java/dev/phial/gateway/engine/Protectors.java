package dev.phial.gateway.engine;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.token.TokenizerFactory;
import dev.phial.gateway.policy.Protection;

/** The protector of each kind of protection. */
public final class Protectors {
  // Tenants times tokenized elements times key versions in use; each holds one derived key.
  private static final int TOKENIZERS = 10_000;

  private final ElementProtector tokenize;
  private final ElementProtector encrypt;
  private final ElementProtector redact;

  private Protectors(ElementProtector tokenize, ElementProtector encrypt, ElementProtector redact) {
    this.tokenize = tokenize;
    this.encrypt = encrypt;
    this.redact = redact;
  }

  /** All kinds, on the started module, with tokens computed by {@code engine}. */
  public static Protectors create(FipsModule module, Ff1Engine engine) {
    return new Protectors(
        new TokenizeProtector(new TokenizerCache(new TokenizerFactory(module, engine), TOKENIZERS)),
        new EncryptProtector(module),
        new RedactProtector());
  }

  ElementProtector of(Protection protection) {
    if (protection instanceof Protection.Tokenize) {
      return tokenize;
    }
    return protection instanceof Protection.Encrypt ? encrypt : redact;
  }
}
