package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.Suggestion;
import dev.phial.gateway.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The groups of patient selectors of a policy that is being read. */
final class Patients {

  /** A group and where it was written. */
  record Group(List<PatientSelector> selectors, YamlNode node) {}

  private final Map<String, Group> byName;
  private final Set<String> used = new HashSet<>();

  Patients(Map<String, Group> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** The group that a reference names. */
  List<PatientSelector> named(YamlNode reference) {
    String name = reference.text();
    Group group = byName.get(name);
    if (group == null) {
      if (!name.isEmpty()) {
        reference.refuse(Suggestion.unknown("group of patients", name, byName.keySet()));
      }
      return List.of();
    }
    used.add(name);
    return group.selectors();
  }

  /** As for selections: what is written down is meant to be used. */
  void refuseUnused() {
    byName.forEach((name, group) -> {
      if (!used.contains(name)) {
        group.node().refuse("is used by no route; use it or remove it");
      }
    });
  }
}
