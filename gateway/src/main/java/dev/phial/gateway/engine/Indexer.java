package dev.phial.gateway.engine;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.index.BlindIndex;
import dev.phial.crypto.index.IndexRule;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.keys.KeyRing;
import java.util.List;

/** Makes the digests by which equal values are found. Thread-safe. */
final class Indexer {
  private final FipsModule module;

  Indexer(FipsModule module) {
    this.module = module;
  }

  void declareNeeds(KeyNeeds needs) {
    needs.ring(KeyPurpose.INDEX);
  }

  List<Outcome> digests(Subject subject, ResolvedKeys keys, List<ProtectItem> items) {
    IndexRule rule = Indexing.rule(subject.element()).orElseThrow();
    KeyRing ring = keys.ring(KeyPurpose.INDEX);
    int primary = ring.primary().id().version();
    List<BlindIndex> indexes = ring.usable().stream()
        .map(key ->
            BlindIndex.of(module, key, subject.tenant(), subject.element().name(), rule))
        .toList();
    return items.stream()
        .map(item -> digests(subject, indexes, primary, item.value()))
        .toList();
  }

  private static Outcome digests(
      Subject subject, List<BlindIndex> indexes, int primary, PlainValue value) {
    byte[] bytes = value.bytes();
    List<String> digests;
    try {
      digests = indexes.stream().map(index -> index.digest(bytes)).toList();
    } catch (IllegalArgumentException notText) {
      return OneWay.invalid(subject, Indexing.NOT_TEXT);
    }
    boolean nothing = digests.get(0).isEmpty();
    return nothing ? new Outcome.Indexed(List.of(), 0) : new Outcome.Indexed(digests, primary);
  }
}
