package dev.phial.gateway.policy;

import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code access}: the roles. */
final class AccessReader {
  private static final String NAME = "[a-z][a-z0-9_-]{0,62}";

  private final Elements elements;

  AccessReader(Elements elements) {
    this.elements = elements;
  }

  Map<String, Role> read(Optional<YamlNode> section) {
    Map<String, Role> roles = new HashMap<>();
    section
        .map(YamlNode::members)
        .orElse(Map.of())
        .forEach((name, node) -> roles.put(name, role(name, node)));
    return roles;
  }

  private Role role(String name, YamlNode node) {
    if (!name.matches(NAME)) {
      node.refuse(
          "a role's name has lower-case letters, digits, _ and -, starts with a letter, and has at most 63 characters");
    }
    YamlFields fields = node.fields();
    Optional<YamlNode> purposesNode = fields.optional("purposes");
    Set<String> purposes = purposesNode.map(AccessReader::purposes).orElse(Set.of());
    Set<String> protect = fields.optional("protect").map(this::protect).orElse(Set.of());
    Map<String, Reveal> reveal = fields.optional("reveal").map(this::reveal).orElse(Map.of());
    boolean administer = fields.flag("administer", false);
    fields.done();
    Role role = new Role(name, purposes, protect, reveal, administer);
    check(role, purposesNode.isPresent(), node);
    return role;
  }

  private static Set<String> purposes(YamlNode node) {
    Set<String> purposes = new HashSet<>();
    for (YamlNode item : node.items()) {
      item.parse(PurposeCodes::check).ifPresent(purposes::add);
    }
    if (node.items().isEmpty()) {
      node.refuse("needs at least one purpose");
    }
    return purposes;
  }

  private Set<String> protect(YamlNode node) {
    List<YamlNode> items = node.items();
    Set<String> names = new HashSet<>();
    for (YamlNode item : items) {
      String name = item.text();
      names.add(name);
      if (!name.isEmpty() && !name.equals(Role.ANY)) {
        elements.refuseUnknown(name, item);
      }
    }
    return names;
  }

  private Map<String, Reveal> reveal(YamlNode node) {
    Map<String, Reveal> reveal = new HashMap<>();
    node.members().forEach((name, form) -> {
      if (!name.equals(Role.ANY)) {
        elements.refuseUnknown(name, form);
      }
      form.parse(Words.oneOf("form", Words.lowerCase(Reveal.class)))
          .ifPresent(f -> reveal.put(name, f));
    });
    return reveal;
  }

  private static void check(Role role, boolean hasPurposes, YamlNode node) {
    boolean touchesData = !role.protect().isEmpty() || !role.reveal().isEmpty();
    if (touchesData && !hasPurposes) {
      node.refuse("needs 'purposes': without one the role never counts for data");
    }
    if (!touchesData && !role.administer()) {
      node.refuse("allows nothing; give it protect, reveal or administer");
    }
    if (role.administer() && touchesData) {
      node.refuse(
          "both administers keys and protects or reveals data; separate the two duties into two roles");
    }
  }
}
