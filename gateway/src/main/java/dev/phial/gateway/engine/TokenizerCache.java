package dev.phial.gateway.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.phial.crypto.fpe.Ff1Engine;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyId;
import dev.phial.crypto.token.ElementTokenizer;
import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.policy.Protection;

/** Keeps the tokenizers in use: each holds a derived key, so there is a bound on how many. Thread-safe. */
final class TokenizerCache {
  private final Ff1Engine engine;
  private final Cache<Key, ElementTokenizer> tokenizers;

  TokenizerCache(Ff1Engine engine, int bound) {
    this.engine = engine;
    this.tokenizers = Caffeine.newBuilder().maximumSize(bound).build();
  }

  ElementTokenizer of(Subject subject, DataKey key) {
    Protection.Tokenize rule = (Protection.Tokenize) subject.element().protection();
    boolean marked = rule.keyVersion() == Protection.KeyVersionMode.MARKED;
    return tokenizers.get(
        new Key(
            key.id(), subject.tenant(), subject.element().name(), rule.format().spec(), marked),
        wanted -> ElementTokenizer.of(key, wanted.tenant(), wanted.element(), rule.format(), marked, engine));
  }

  private record Key(KeyId key, String tenant, String element, String format, boolean marked) {}
}
