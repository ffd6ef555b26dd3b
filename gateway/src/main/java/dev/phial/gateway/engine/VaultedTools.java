package dev.phial.gateway.engine;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.token.RandomTokens;
import dev.phial.crypto.vaulted.VaultedCipher;
import dev.phial.crypto.vaulted.VaultedLookup;
import dev.phial.gateway.policy.Protection.Vaulted;
import dev.phial.gateway.store.TokenStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What vaulted tokens are made with.
 *
 * @param store remembers them
 * @param cipher seals their values
 * @param lookups find the token of a value again
 * @param random draws them
 * @param clock says when they were made and whether they have expired
 * @param pool seals and opens: the store's threads have others to serve
 */
record VaultedTools(
    TokenStore store,
    VaultedCipher cipher,
    DerivedCache<VaultedLookup> lookups,
    SecureRandom random,
    InstantSource clock,
    Executor pool) {
  private static final int LOOKUPS = 2_000;

  static VaultedTools of(
      FipsModule module,
      TokenStore store,
      SecureRandom random,
      InstantSource clock,
      Executor pool) {
    return new VaultedTools(
        store,
        new VaultedCipher(module),
        new DerivedCache<>(
            LOOKUPS, (key, tenant, element) -> VaultedLookup.of(module, key, tenant, element)),
        random,
        clock,
        pool);
  }

  RandomTokens tokens(Vaulted rule) {
    return rule.format()
        .map(format -> RandomTokens.of(format, random))
        .orElseGet(() -> RandomTokens.opaque(random));
  }
}
