package dev.phial.gateway.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.token.ElementTokenizer;
import dev.phial.crypto.token.Marking;
import dev.phial.crypto.token.TokenizerFactory;
import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.policy.Protection;

/**
 * Keeps the tokenizers in use: each holds a derived key, so there is a bound on how many. A key that was taken out of memory and
 * came back is another object, with tokenizers of its own. Thread-safe.
 */
final class TokenizerCache {
  private final TokenizerFactory factory;
  private final Cache<Key, ElementTokenizer> tokenizers;

  TokenizerCache(TokenizerFactory factory, int bound) {
    this.factory = factory;
    this.tokenizers = Caffeine.newBuilder().maximumSize(bound).build();
  }

  ElementTokenizer of(Subject subject, DataKey key) {
    Protection.Tokenize rule = (Protection.Tokenize) subject.element().protection();
    Marking marking =
        rule.keyVersion() == Protection.KeyVersionMode.MARKED ? Marking.MARKED : Marking.PLAIN;
    return tokenizers.get(
        new Key(key, subject.tenant(), subject.element().name(), rule.format().spec(), marking),
        wanted ->
            factory.tokenizer(key, wanted.tenant(), wanted.element(), rule.format(), marking));
  }

  private record Key(DataKey key, String tenant, String element, String format, Marking marking) {}
}
