package dev.phial.gateway.transform;

import dev.phial.gateway.policy.selector.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the selectors of one walk begin. Immutable; thread-safe. */
final class Roots {
  private final Map<String, List<RuleStep>> byRoot;

  private Roots(Map<String, List<RuleStep>> byRoot) {
    this.byRoot = Map.copyOf(byRoot);
  }

  static Roots of(List<Rule> rules) {
    Map<String, List<RuleStep>> byRoot = new HashMap<>();
    for (Rule rule : rules) {
      byRoot
          .computeIfAbsent(rule.binding().selector().root(), root -> new ArrayList<>())
          .add(RuleStep.chain(rule));
    }
    byRoot.replaceAll((root, steps) -> List.copyOf(steps));
    return new Roots(byRoot);
  }

  /** Where the rules of a root begin: a resource type, {@code Resource} or {@code $}. */
  List<RuleStep> startingAt(String root) {
    return byRoot.getOrDefault(root, List.of());
  }

  /** Whether nothing is ever selected. */
  boolean isEmpty() {
    return byRoot.isEmpty();
  }

  /** Whether something is selected by the type of the resource it stands in. */
  boolean byType() {
    return byRoot.keySet().stream().anyMatch(root -> !root.equals(Selector.DOCUMENT));
  }
}
