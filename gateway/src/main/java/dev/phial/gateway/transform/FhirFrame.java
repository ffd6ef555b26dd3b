package dev.phial.gateway.transform;

import dev.phial.gateway.transform.JsonTree.Kind;
import dev.phial.gateway.transform.TransformException.Reason;

/**
 * Makes sure that every resource of a FHIR body says what it is. Selectors find resources by their {@code resourceType}: one
 * without it would be seen by none, and would go to the upstream as it came.
 */
final class FhirFrame {
  private static final String TYPE = "resourceType";

  private final JsonTree tree;
  private final BodyRules rules;

  private FhirFrame(JsonTree tree, BodyRules rules) {
    this.tree = tree;
    this.rules = rules;
  }

  /**
   * Checks the body itself, contained resources, the entries of bundles and the resources among parameters.
   *
   * @throws TransformException when one of them is no object with a {@code resourceType}
   */
  static void require(JsonTree tree, BodyRules rules) {
    new FhirFrame(tree, rules).resource(JsonTree.ROOT);
  }

  private void resource(int node) {
    int type = tree.kind(node) == Kind.OBJECT ? tree.member(node, TYPE) : JsonTree.NONE;
    if (type == JsonTree.NONE || tree.kind(type) != Kind.STRING) {
      throw new TransformException(
          Reason.INVALID_VALUE,
          "a FHIR resource needs a string resourceType at " + Place.of(tree, node, rules.names()));
    }
    each(tree.member(node, "contained"), this::resource);
    switch (tree.text(type)) {
      case "Bundle" -> each(tree.member(node, "entry"), this::held);
      case "Parameters" -> each(tree.member(node, "parameter"), this::parameter);
      default -> {
        // nothing else holds resources
      }
    }
  }

  private void parameter(int node) {
    held(node);
    if (tree.kind(node) == Kind.OBJECT) {
      each(tree.member(node, "part"), this::parameter);
    }
  }

  /** The resource that an entry or a parameter holds, if it does. */
  private void held(int node) {
    int resource = tree.kind(node) == Kind.OBJECT ? tree.member(node, "resource") : JsonTree.NONE;
    if (resource != JsonTree.NONE) {
      resource(resource);
    }
  }

  private void each(int array, Visit visit) {
    if (array == JsonTree.NONE) {
      return;
    }
    if (tree.kind(array) != Kind.ARRAY) {
      visit.node(array);
      return;
    }
    for (int child = tree.firstChild(array); child != JsonTree.NONE; child = tree.sibling(child)) {
      visit.node(child);
    }
  }

  @FunctionalInterface
  private interface Visit {
    void node(int node);
  }
}
