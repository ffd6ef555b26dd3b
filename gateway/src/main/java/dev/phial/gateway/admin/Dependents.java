package dev.phial.gateway.admin;

import dev.phial.gateway.admin.DestructionOperations.Target;
import dev.phial.gateway.admin.DestructionPlan.Dependent;
import dev.phial.gateway.admin.DestructionPlan.Kind;
import dev.phial.gateway.keys.PinAdministration;
import dev.phial.gateway.keys.PinView;
import dev.phial.gateway.store.TokenStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Finds what hangs on key versions. Thread-safe. */
final class Dependents {
  private final PinAdministration pins;
  private final TokenStore tokens;

  Dependents(PinAdministration pins, TokenStore tokens) {
    this.pins = pins;
    this.tokens = tokens;
  }

  CompletionStage<List<Dependent>> of(Target keyset, List<Integer> versions) {
    return switch (keyset.purpose()) {
      case TOKENIZE ->
        pins.pins(Optional.of(keyset.tenant()))
            .thenApply(all -> all.stream().flatMap(pin -> pinned(pin, versions)).toList());
      case ENCRYPT ->
        tokens
            .count(keyset.tenant())
            .thenApply(all -> all.stream()
                .filter(count -> versions.contains(count.keyVersion()))
                .map(count -> new Dependent(
                    count.keyVersion(), Kind.VAULTED_TOKENS, count.element(), count.tokens()))
                .toList());
      case INDEX -> CompletableFuture.completedStage(List.of());
    };
  }

  private static Stream<Dependent> pinned(PinView view, List<Integer> versions) {
    return versions.stream()
        .filter(version -> view.pin().knows(version))
        .map(version -> new Dependent(version, Kind.PIN, view.element(), 1));
  }

  /** In words for who wants to destroy. */
  static String words(List<Dependent> dependents) {
    List<String> words = dependents.stream()
        .map(one -> one.kind() == Kind.PIN
            ? one.element() + " is pinned to version " + one.version()
            : one.count() + " vaulted tokens of " + one.element() + " on version " + one.version())
        .toList();
    return String.join(", ", words);
  }
}
