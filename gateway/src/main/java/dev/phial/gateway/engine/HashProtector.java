package dev.phial.gateway.engine;

import dev.phial.crypto.deid.KeyedHash;
import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.DataKey;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.Protection;
import java.util.List;
import java.util.OptionalInt;

/**
 * Replaces values, for good, by keyed pseudonyms. There is no way to make them again under another key, so the version of the
 * first use stays through every rotation.
 */
final class HashProtector implements ElementProtector {
  private final DerivedCache<KeyedHash> hashes;

  HashProtector(FipsModule module, int bound) {
    this.hashes = new DerivedCache<>(
        bound, (key, tenant, element) -> KeyedHash.of(module, key, tenant, element));
  }

  @Override
  public ProtectItem.Operation operation() {
    return ProtectItem.Operation.DEIDENTIFY;
  }

  @Override
  public void declareNeeds(Element element, KeyNeeds needs) {
    needs.ring(KeyPurpose.TOKENIZE);
    needs.pin(Protection.Hash.pin(element.name()));
  }

  @Override
  public List<Outcome> protect(Subject subject, ResolvedKeys keys, List<ProtectItem> items) {
    PinnedKey pinned =
        PinnedKey.of(subject, keys, Protection.Hash.pin(subject.element().name()));
    return items.stream()
        .map(item -> pinned.then(key -> outcome(subject, key, item.value())))
        .toList();
  }

  /** A pseudonym that was read and is written back stays as it is (T13). */
  private Outcome outcome(Subject subject, DataKey key, PlainValue value) {
    String text = text(value);
    return KeyedHash.looksLikeHash(text)
        ? OneWay.made(text, text, key.id().version())
        : new Outcome.Protected(
            hashes.of(key, subject.tenant(), subject.element().name()).hash(value.bytes()),
            key.id().version(),
            "",
            false);
  }

  /** Bytes that are no text are hashed too, and are no pseudonym. */
  private static String text(PlainValue value) {
    try {
      return value.text();
    } catch (IllegalArgumentException notText) {
      return "";
    }
  }

  @Override
  public List<Recovered> recover(Subject subject, ResolvedKeys keys, List<RevealItem> items) {
    return items.stream()
        .<Recovered>map(item -> KeyedHash.looksLikeHash(item.value())
            ? new Recovered.AsStored()
            : new Recovered.Unprotected())
        .toList();
  }

  @Override
  public OptionalInt currentVersion(Subject subject, ResolvedKeys keys, RevealItem item) {
    return OptionalInt.empty();
  }
}
