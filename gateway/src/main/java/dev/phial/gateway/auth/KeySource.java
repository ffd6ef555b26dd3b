package dev.phial.gateway.auth;

/** Where an issuer's public keys come from. Thread-safe; quick enough for an event loop. */
public interface KeySource {

  /** The keys as they are now. The same object for as long as they do not change. */
  VerificationKeys keys();
}
