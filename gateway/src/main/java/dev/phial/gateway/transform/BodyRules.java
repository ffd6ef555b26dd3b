package dev.phial.gateway.transform;

import dev.phial.gateway.policy.Binding;
import dev.phial.gateway.policy.HttpRoute;
import dev.phial.gateway.policy.PatientSelector;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.selector.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The bindings of one route, compiled for one walk through a body. Immutable, thread-safe; made once for each policy.
 */
public final class BodyRules {
  private final Roots selected;
  private final Roots patients;
  private final Set<String> names;
  private final boolean fhir;

  private BodyRules(Roots selected, Roots patients, Set<String> names, boolean fhir) {
    this.selected = selected;
    this.patients = patients;
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
    for (Binding binding : route.bindings()) {
      rules.add(Rule.of(rules.size(), binding, policy));
    }
    List<Rule> whose = new ArrayList<>();
    for (PatientSelector patient : route.patients()) {
      whose.add(Rule.ofPatient(whose.size(), patient));
    }
    return new BodyRules(
        Roots.of(rules),
        Roots.of(whose),
        names(rules, whose),
        route.content() == HttpRoute.Content.FHIR_JSON);
  }

  private static Set<String> names(List<Rule> rules, List<Rule> whose) {
    Set<String> names = new HashSet<>(Place.ALWAYS_SHOWN);
    rules.forEach(rule -> addNames(rule.binding().selector(), names));
    whose.forEach(rule -> addNames(rule.binding().selector(), names));
    return names;
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
    return fhir && selected.byType();
  }

  /** Whether bodies hold FHIR resources. */
  boolean fhir() {
    return fhir;
  }

  /** What is protected and revealed. */
  Roots selected() {
    return selected;
  }

  /** What says whose values they are. */
  Roots patients() {
    return patients;
  }

  /** Member names that the policy itself writes down, so that an error may show them. */
  Set<String> names() {
    return names;
  }
}
