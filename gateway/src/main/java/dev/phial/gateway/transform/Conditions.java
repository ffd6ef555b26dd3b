package dev.phial.gateway.transform;

import dev.phial.gateway.policy.selector.Selector.Condition;
import dev.phial.gateway.transform.JsonTree.Kind;
import java.util.List;

/** Whether a selector's condition holds for an object. */
final class Conditions {
  private Conditions() {}

  static boolean hold(JsonTree tree, int object, Condition condition) {
    if (condition instanceof Condition.Equals equals) {
      return some(tree, object, equals.path(), node -> tree.isText(node, equals.literal()));
    }
    Condition.Exists exists = (Condition.Exists) condition;
    return some(tree, object, exists.path(), node -> tree.kind(node) != Kind.NULL);
  }

  private static boolean some(JsonTree tree, int node, List<String> path, Test test) {
    if (tree.kind(node) == Kind.ARRAY) {
      for (int child = tree.firstChild(node); child != JsonTree.NONE; child = tree.sibling(child)) {
        if (some(tree, child, path, test)) {
          return true;
        }
      }
      return false;
    }
    if (path.isEmpty()) {
      return test.holds(node);
    }
    if (tree.kind(node) != Kind.OBJECT) {
      return false;
    }
    int member = tree.member(node, path.get(0));
    return member != JsonTree.NONE && some(tree, member, path.subList(1, path.size()), test);
  }

  @FunctionalInterface
  private interface Test {
    boolean holds(int node);
  }
}
