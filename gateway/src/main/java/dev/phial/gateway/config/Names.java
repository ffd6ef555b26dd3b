package dev.phial.gateway.config;

import dev.phial.gateway.yaml.YamlNode;

/** Names that the configuration's author chooses. */
final class Names {
  private static final String NAME = "[A-Za-z0-9_-]{1,64}";

  private Names() {}

  static void check(String name, YamlNode node) {
    if (!name.matches(NAME)) {
      node.refuse("a name has 1 to 64 letters, digits, '-' or '_'");
    }
  }
}
