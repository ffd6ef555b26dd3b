package dev.phial.gateway.transform;

import dev.phial.gateway.transform.JsonTree.Kind;
import java.nio.charset.StandardCharsets;

/** The text of a selected value. */
final class Leaf {
  private Leaf() {}

  /** A string's text; of anything else the JSON as it is written. */
  static String written(JsonTree tree, int node) {
    return tree.kind(node) == Kind.STRING
        ? tree.text(node)
        : new String(tree.literal(node), StandardCharsets.UTF_8);
  }
}
