package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.Suggestion;
import dev.phial.gateway.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The elements of a policy that is being read.
 *
 * @param declared every name, also of those with problems, so that a reference to them is not a second problem
 * @param usable those without problems
 */
record Elements(Set<String> declared, Map<String, Element> usable) {
  Elements {
    declared = Set.copyOf(declared);
    usable = Map.copyOf(usable);
  }

  /** The element that a reference names; nothing, and a problem unless there was one before, when there is none. */
  Optional<Element> named(YamlNode reference) {
    String name = reference.text();
    if (!name.isEmpty()) {
      refuseUnknown(name, reference);
    }
    return Optional.ofNullable(usable.get(name));
  }

  /** Refuses a name that no element has. */
  void refuseUnknown(String name, YamlNode reference) {
    if (!declared.contains(name)) {
      reference.refuse(Suggestion.unknown("element", name, declared));
    }
  }
}
