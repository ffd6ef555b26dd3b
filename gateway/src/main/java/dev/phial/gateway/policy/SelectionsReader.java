package dev.phial.gateway.policy;

import dev.phial.gateway.policy.Selections.Located;
import dev.phial.gateway.policy.Selections.Selection;
import dev.phial.gateway.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code selections}. */
final class SelectionsReader {
  private SelectionsReader() {}

  static Selections read(Optional<YamlNode> section, Elements elements) {
    BindingReader bindings = new BindingReader(elements);
    Map<String, Selection> byName = new HashMap<>();
    section.map(YamlNode::members).orElse(Map.of()).forEach((name, node) -> {
      byName.put(name, new Selection(located(node, bindings), node));
    });
    return new Selections(byName);
  }

  private static List<Located> located(YamlNode selection, BindingReader bindings) {
    List<Located> located = new ArrayList<>();
    selection
        .members()
        .forEach((selector, node) -> bindings
            .read(selector, node)
            .ifPresent(binding -> located.add(new Located(binding, node))));
    if (selection.members().isEmpty()) {
      selection.refuse("selects nothing");
    }
    return located;
  }
}
