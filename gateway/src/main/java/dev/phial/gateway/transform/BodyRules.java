package dev.phial.gateway.transform;

import dev.phial.gateway.policy.Binding;
import dev.phial.gateway.policy.HttpRoute;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.selector.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bindings of one route, compiled for one walk through a body. Immutable, thread-safe; made once for each policy.
 */
public final class BodyRules {
  private final List<Rule> rules;
  private final Map<String, List<RuleStep>> byRoot;
  private final Set<String> names;
  private final boolean fhir;

  private BodyRules(
      List<Rule> rules, Map<String, List<RuleStep>> byRoot, Set<String> names, boolean fhir) {
    this.rules = List.copyOf(rules);
    this.byRoot = Map.copyOf(byRoot);
    this.names = Set.copyOf(names);
    this.fhir = fhir;
  }

  /**
   * Compiles a route's bindings.
   *
   * @throws IllegalArgumentException when a binding names an element that the policy does not have, or cannot be used as it
   *     is written; the message names the binding
   */
  public static BodyRules compile(HttpRoute route, Policy policy) {
    List<Rule> rules = new ArrayList<>();
    Map<String, List<RuleStep>> byRoot = new HashMap<>();
    Set<String> names = new HashSet<>(Place.ALWAYS_SHOWN);
    for (Binding binding : route.bindings()) {
      Rule rule = Rule.of(rules.size(), binding, policy);
      rules.add(rule);
      byRoot
          .computeIfAbsent(binding.selector().root(), root -> new ArrayList<>())
          .add(RuleStep.chain(rule));
      addNames(binding.selector(), names);
    }
    byRoot.replaceAll((root, steps) -> List.copyOf(steps));
    return new BodyRules(rules, byRoot, names, route.content() == HttpRoute.Content.FHIR_JSON);
  }

  private static void addNames(Selector selector, Set<String> names) {
    for (Selector.Step step : selector.steps()) {
      if (step instanceof Selector.Step.Member member) {
        names.add(member.name());
        names.add("_" + member.name());
      }
    }
  }

  /** Whether something is selected by the type of the FHIR resource it stands in. */
  boolean selectResources() {
    return fhir && byRoot.keySet().stream().anyMatch(root -> !root.equals(Selector.DOCUMENT));
  }

  /** Whether nothing is ever selected. */
  boolean isEmpty() {
    return rules.isEmpty();
  }

  /** Where the rules of a root begin: a resource type, {@code Resource} or {@code $}. */
  List<RuleStep> startingAt(String root) {
    return byRoot.getOrDefault(root, List.of());
  }

  /** Member names that the policy itself writes down, so that an error may show them. */
  Set<String> names() {
    return names;
  }
}
