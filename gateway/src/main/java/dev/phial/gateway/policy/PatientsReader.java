package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code patients}: groups of {@code selector: template}, {@code selector: [templates]} or {@code "{parameter}": "{}"}. */
final class PatientsReader {
  private static final String PARAMETER = "\\{[a-z][a-z0-9_]{0,62}}";

  private PatientsReader() {}

  static Patients read(Optional<YamlNode> section) {
    Map<String, Patients.Group> byName = new HashMap<>();
    section
        .map(YamlNode::members)
        .orElse(Map.of())
        .forEach((name, node) -> byName.put(name, group(node)));
    return new Patients(byName);
  }

  private static Patients.Group group(YamlNode node) {
    Map<String, YamlNode> members = new LinkedHashMap<>(node.members());
    if (members.isEmpty()) {
      node.refuse("selects nothing");
    }
    List<String> parameters =
        members.keySet().stream().filter(key -> key.matches(PARAMETER)).toList();
    parameters.forEach(key -> whole(members.remove(key)));
    if (parameters.size() > 1) {
      node.refuse("names several parts of the path; a message is of one patient's path");
    }
    String parameter = parameters.isEmpty() ? "" : parameters.get(0).replaceAll("[{}]", "");
    return new Patients.Group(selectors(members), parameter, node);
  }

  private static void whole(@Nullable YamlNode template) {
    if (template != null && !template.text().equals("{}")) {
      template.refuse("a part of the path names the patient as it is; write \"{}\"");
    }
  }

  private static List<PatientSelector> selectors(Map<String, YamlNode> members) {
    List<PatientSelector> selectors = new ArrayList<>();
    members.forEach((text, node) -> {
      List<String> templates = templates(node);
      BindingReader.selector(text, node)
          .ifPresent(selector -> selectors.add(new PatientSelector(selector, templates)));
    });
    return selectors;
  }

  private static List<String> templates(YamlNode node) {
    return node.isScalar()
        ? node.parse(BindingReader::template).map(List::of).orElse(List.of())
        : BindingReader.templates(node);
  }
}
