package dev.phial.gateway.engine;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.token.TokenizerFactory;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.store.TokenStore;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;

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
  private final Optional<StagedProtector> vaulted;

  private Protectors(
      FipsModule module, Ff1Engine engine, Clock clock, Optional<StagedProtector> vaulted) {
    this.vaulted = vaulted;
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
    return new Protectors(module, engine, clock, Optional.empty());
  }

  /**
   * All kinds, vaulted tokens among them.
   *
   * @param tokens remembers vaulted tokens
   * @param pool seals and opens their values
   */
  public static Protectors create(
      FipsModule module, Ff1Engine engine, Clock clock, TokenStore tokens, Executor pool) {
    VaultedTools tools = VaultedTools.of(module, tokens, module.random(), clock, pool);
    return new Protectors(module, engine, clock, Optional.of(new VaultedProtector(tools)));
  }

  /** For tests: vaulted tokens drawn by another generator. */
  static Protectors create(FipsModule module, Ff1Engine engine, Clock clock, VaultedTools vaulted) {
    return new Protectors(module, engine, clock, Optional.of(new VaultedProtector(vaulted)));
  }

  Indexer indexer() {
    return indexer;
  }

  StagedProtector of(Protection protection) {
    if (protection instanceof Protection.Vaulted) {
      return vaulted.orElseThrow(
          () -> new IllegalStateException("no store was given for vaulted tokens"));
    }
    return new Immediate(immediate(protection));
  }

  private ElementProtector immediate(Protection protection) {
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
