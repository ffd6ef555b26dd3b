package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.Suggestion;
import dev.phial.gateway.yaml.YamlNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The selections of a policy that is being read. */
final class Selections {

  /** A binding and where it was written. */
  record Located(Binding binding, YamlNode node) {}

  /** A selection and where it was written. */
  record Selection(List<Located> bindings, YamlNode node) {}

  private final Map<String, Selection> byName;
  private final Set<String> used = new HashSet<>();

  Selections(Map<String, Selection> byName) {
    this.byName = Map.copyOf(byName);
  }

  /** The bindings of the selection that a reference names. */
  List<Located> named(YamlNode reference) {
    String name = reference.text();
    Selection selection = byName.get(name);
    if (selection == null) {
      if (!name.isEmpty()) {
        reference.refuse(Suggestion.unknown("selection", name, byName.keySet()));
      }
      return List.of();
    }
    used.add(name);
    return selection.bindings();
  }

  /** A selection that no route uses protects nothing, though whoever wrote it believes that it does. */
  void refuseUnused() {
    byName.forEach((name, selection) -> {
      if (!used.contains(name)) {
        selection.node().refuse("is used by no route; use it or remove it");
      }
    });
  }
}
