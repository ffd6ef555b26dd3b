package dev.phial.gateway.engine;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.token.TokenizerFactory;
import dev.phial.gateway.policy.Protection;
import java.time.Clock;

/** The protector of each kind of protection. */
public final class Protectors {
  // Tenants times tokenized elements times key versions in use; each holds one derived key.
  private static final int TOKENIZERS = 10_000;
  // Tenants times groups of dates, tenants times hashed elements.
  private static final int DERIVED = 2_000;

  private final ElementProtector tokenize;
  private final ElementProtector encrypt;
  private final ElementProtector shift;
  private final ElementProtector generalize;
  private final ElementProtector mask = new MaskProtector();
  private final ElementProtector hash;
  private final ElementProtector redact = new RedactProtector();
  private final Indexer indexer;

  private Protectors(FipsModule module, Ff1Engine engine, Clock clock) {
    this.tokenize =
        new TokenizeProtector(new TokenizerCache(new TokenizerFactory(module, engine), TOKENIZERS));
    this.encrypt = new EncryptProtector(module);
    this.shift = new ShiftProtector(module, DERIVED);
    this.generalize = new GeneralizeProtector(clock);
    this.hash = new HashProtector(module, DERIVED);
    this.indexer = new Indexer(module);
  }

  /**
   * All kinds, on the started module.
   *
   * @param engine computes tokens
   * @param clock says what day it is: ages are counted to it
   */
  public static Protectors create(FipsModule module, Ff1Engine engine, Clock clock) {
    return new Protectors(module, engine, clock);
  }

  Indexer indexer() {
    return indexer;
  }

  ElementProtector of(Protection protection) {
    if (protection instanceof Protection.Tokenize) {
      return tokenize;
    }
    if (protection instanceof Protection.Encrypt) {
      return encrypt;
    }
    return withoutWayBack(protection);
  }

  private ElementProtector withoutWayBack(Protection protection) {
    if (protection instanceof Protection.Shift) {
      return shift;
    }
    if (protection instanceof Protection.Generalize) {
      return generalize;
    }
    if (protection instanceof Protection.Masked) {
      return mask;
    }
    return protection instanceof Protection.Hash ? hash : redact;
  }
}
