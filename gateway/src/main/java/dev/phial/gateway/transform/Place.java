package dev.phial.gateway.transform;

import java.util.Set;

/**
 * Where something is in a body, as a JSON pointer for people. A member name may itself be PHI, so a name is shown only when
 * it stands in the policy or in every FHIR resource; any other member appears as its number, such as {@code {3}}.
 */
final class Place {
  /** Names of the FHIR frame around any data. */
  static final Set<String> ALWAYS_SHOWN = Set.of(
      "entry", "resource", "contained", "extension", "resourceType", "value", "parameter", "part");

  private Place() {}

  static String of(JsonTree tree, int node, Set<String> shown) {
    StringBuilder place = new StringBuilder();
    for (int at = node; tree.parent(at) != JsonTree.NONE; at = tree.parent(at)) {
      place.insert(0, "/" + step(tree, at, shown));
    }
    return place.isEmpty() ? "/" : place.toString();
  }

  private static String step(JsonTree tree, int node, Set<String> shown) {
    String name = tree.name(node);
    if (name != null && shown.contains(name)) {
      return name;
    }
    return name == null ? String.valueOf(number(tree, node)) : "{" + number(tree, node) + "}";
  }

  /** How many children of the container stand before it; works while the tree is still being built. */
  private static int number(JsonTree tree, int node) {
    int number = 0;
    for (int child = tree.parent(node) + 1; child < node; child = tree.after(child)) {
      number++;
    }
    return number;
  }
}
