package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.Suggestion;
import java.util.Optional;
import java.util.Set;

/** The upstreams a route may name. */
record Upstreams(Optional<Set<String>> names) {
  /** When there is no configuration to compare with. */
  static final Upstreams ANY = new Upstreams(Optional.empty());

  static Upstreams of(Set<String> names) {
    return new Upstreams(Optional.of(Set.copyOf(names)));
  }

  /** The name, when a route may use it. */
  String check(String name) {
    if (names.isPresent() && !names.get().contains(name)) {
      throw new IllegalArgumentException(
          Suggestion.unknown("upstream in the configuration", name, names.get()));
    }
    return name;
  }
}
