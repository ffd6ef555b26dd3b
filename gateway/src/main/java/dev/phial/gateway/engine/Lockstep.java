package dev.phial.gateway.engine;

import dev.phial.crypto.token.TokenInput;
import dev.phial.crypto.token.TokenOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sorts the inputs of a batch by key version, runs each version's share at once, and puts the results back in their places. For
 * one batch; not thread-safe.
 */
final class Lockstep<R> {
  private final List<Optional<R>> results = new ArrayList<>();
  private final Map<Integer, Share> shares = new TreeMap<>();

  Lockstep(int size) {
    for (int i = 0; i < size; i++) {
      results.add(Optional.empty());
    }
  }

  /** The result of a place that needs no run. */
  void decide(int place, R result) {
    results.set(place, Optional.of(Objects.requireNonNull(result)));
  }

  /** An input for the run of a version. */
  void add(int place, int version, TokenInput input) {
    Share share =
        shares.computeIfAbsent(version, v -> new Share(new ArrayList<>(), new ArrayList<>()));
    share.places().add(place);
    share.inputs().add(input);
  }

  void run(Batch batch, Result<R> result) {
    shares.forEach((version, share) -> {
      List<TokenOutcome> done = batch.run(version, share.inputs());
      for (int i = 0; i < done.size(); i++) {
        decide(share.places().get(i), result.of(version, done.get(i)));
      }
    });
  }

  /** All results, when every place was decided or run. */
  List<R> outcomes() {
    return results.stream().map(Optional::orElseThrow).toList();
  }

  private record Share(List<Integer> places, List<TokenInput> inputs) {}

  /** Turns the inputs of one key version. */
  @FunctionalInterface
  interface Batch {
    List<TokenOutcome> run(int version, List<TokenInput> inputs);
  }

  /** What one token outcome means. */
  @FunctionalInterface
  interface Result<R> {
    R of(int version, TokenOutcome outcome);
  }
}
