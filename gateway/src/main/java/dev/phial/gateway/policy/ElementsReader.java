package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads {@code elements}. */
final class ElementsReader {
  private static final String NAME = "[a-z][a-z0-9_]{0,62}";
  private static final int MOST_KEPT = 64;

  private ElementsReader() {}

  static Elements read(Optional<YamlNode> section) {
    Map<String, YamlNode> members = section.map(YamlNode::members).orElse(Map.of());
    Map<String, Element> usable = new HashMap<>();
    members.forEach(
        (name, node) -> element(name, node).ifPresent(element -> usable.put(name, element)));
    return new Elements(members.keySet(), usable);
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
    Mask mask = fields.optional("mask").flatMap(ElementsReader::mask).orElse(Mask.ALL);
    fields.done();
    return identifier.flatMap(i -> protection.map(p -> new Element(name, i, p, mask)));
  }

  private static Optional<Mask> mask(YamlNode node) {
    YamlFields fields = node.fields();
    int first = fields.integer("keep_first", 0, MOST_KEPT, 0);
    int last = fields.integer("keep_last", 0, MOST_KEPT, 0);
    Optional<Character> with = fields
        .optional("with")
        .map(w -> w.parse(ElementsReader::replacement))
        .orElse(Optional.of('*'));
    fields.done();
    return with.map(w -> new Mask(first, last, w));
  }

  /** Not a letter or digit: nobody may take a masked value for a whole one. */
  private static char replacement(String text) {
    if (text.length() != 1
        || text.charAt(0) <= ' '
        || text.charAt(0) > '~'
        || Character.isLetterOrDigit(text.charAt(0))) {
      throw new IllegalArgumentException("must be one ASCII punctuation character, such as *");
    }
    return text.charAt(0);
  }
}
