package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code patients}: groups of {@code selector: template} or {@code selector: [templates]}. */
final class PatientsReader {
  private PatientsReader() {}

  static Patients read(Optional<YamlNode> section) {
    Map<String, Patients.Group> byName = new HashMap<>();
    section
        .map(YamlNode::members)
        .orElse(Map.of())
        .forEach((name, node) -> byName.put(name, new Patients.Group(selectors(node), node)));
    return new Patients(byName);
  }

  private static List<PatientSelector> selectors(YamlNode group) {
    List<PatientSelector> selectors = new ArrayList<>();
    Map<String, YamlNode> members = group.members();
    members.forEach((text, node) -> {
      List<String> templates = templates(node);
      BindingReader.selector(text, node)
          .ifPresent(selector -> selectors.add(new PatientSelector(selector, templates)));
    });
    if (members.isEmpty()) {
      group.refuse("selects nothing");
    }
    return selectors;
  }

  private static List<String> templates(YamlNode node) {
    return node.isScalar()
        ? node.parse(BindingReader::template).map(List::of).orElse(List.of())
        : BindingReader.templates(node);
  }
}
