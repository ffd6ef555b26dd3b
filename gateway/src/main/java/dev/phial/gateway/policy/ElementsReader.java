package dev.phial.gateway.policy;

import dev.phial.gateway.policy.Protection.Shift;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code elements}. */
final class ElementsReader {
  private static final String NAME = "[a-z][a-z0-9_]{0,62}";

  private ElementsReader() {}

  static Elements read(Optional<YamlNode> section) {
    Map<String, YamlNode> members = section.map(YamlNode::members).orElse(Map.of());
    Map<String, Element> usable = new HashMap<>();
    members.forEach(
        (name, node) -> element(name, node).ifPresent(element -> usable.put(name, element)));
    refuseUnevenGroups(members, usable);
    return new Elements(members.keySet(), usable);
  }

  /** Dates of one group move alike: by other days at most they would not. */
  private static void refuseUnevenGroups(
      Map<String, YamlNode> members, Map<String, Element> usable) {
    Map<String, Integer> daysOf = new HashMap<>();
    members.forEach((name, node) -> {
      Element element = usable.get(name);
      if (element != null
          && element.protection() instanceof Shift shift
          && daysOf.computeIfAbsent(shift.group(), group -> shift.days()) != shift.days()) {
        node.refuse(
            "is shifted in group '" + shift.group()
                + "', whose other elements have other days; give them equal days, or this one a group of its own");
      }
    });
  }

  private static Optional<Element> element(String name, YamlNode node) {
    if (!name.matches(NAME)) {
      node.refuse(
          "an element's name has lower-case letters, digits and _, starts with a letter, and has at most 63 characters");
    }
    YamlFields fields = node.fields();
    Optional<Identifier> identifier = fields
        .required("identifier")
        .flatMap(i -> i.parse(Words.oneOf("identifier", Words.upperCase(Identifier.class))));
    Optional<Protection> protection = fields.required("protect").flatMap(ProtectionReader::read);
    Mask mask = fields.optional("mask").flatMap(MaskReader::read).orElse(Mask.ALL);
    fields.done();
    return identifier.flatMap(i -> protection.map(p -> new Element(name, i, p, mask)));
  }
}
