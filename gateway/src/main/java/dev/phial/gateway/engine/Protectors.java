package dev.phial.gateway.engine;

import dev.phial.gateway.policy.Protection;

/** The protector of each kind of protection. */
public final class Protectors {
  private final ElementProtector tokenize;
  private final ElementProtector encrypt;
  private final ElementProtector redact;

  Protectors(ElementProtector tokenize, ElementProtector encrypt, ElementProtector redact) {
    this.tokenize = tokenize;
    this.encrypt = encrypt;
    this.redact = redact;
  }

  ElementProtector of(Protection protection) {
    if (protection instanceof Protection.Tokenize) {
      return tokenize;
    }
    return protection instanceof Protection.Encrypt ? encrypt : redact;
  }
}
