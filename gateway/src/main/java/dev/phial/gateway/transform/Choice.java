package dev.phial.gateway.transform;

import dev.phial.gateway.transform.JsonTree.Kind;
import dev.phial.gateway.transform.TransformException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which rule counts for each selected value: of several the first in the route whose templates fit, as the author
 * ordered them. In both directions the same one, since the order does not depend on the caller.
 *
 * <p>A selected value inside another one has no such order: sealed with the outer value it would be revealed to whoever may
 * see that, so a body in which the two have different elements is refused.
 */
final class Choice {
  private static final Comparator<Selection> ORDER = Comparator.comparingInt(Selection::node)
      .thenComparingInt(selection -> selection.rule().order());

  private final JsonTree tree;
  private final BodyRules rules;

  Choice(JsonTree tree, BodyRules rules) {
    this.tree = tree;
    this.rules = rules;
  }

  /** The values to be worked on, in the order of the body, none inside another. */
  List<Selection> of(List<Selection> found) {
    List<Selection> sorted = new ArrayList<>(found);
    sorted.sort(ORDER);
    List<Selection> chosen = new ArrayList<>();
    Selection last = null;
    for (Selection next : sorted) {
      boolean again = last != null && last.node() == next.node();
      if (!again && fits(next) && !inside(last, next)) {
        chosen.add(next);
        last = next;
      }
    }
    return chosen;
  }

  private boolean fits(Selection selection) {
    if (selection.companion()) {
      return true;
    }
    Rule rule = selection.rule();
    Kind kind = tree.kind(selection.node());
    if (kind == Kind.NULL) {
      return false;
    }
    return rule.within().isEmpty()
        || (!kind.container()
            && rule.fitting(Leaf.written(tree, selection.node())).isPresent());
  }

  private boolean inside(@Nullable Selection outer, Selection inner) {
    if (outer == null || inner.node() >= tree.after(outer.node()) || outer.companion()) {
      return false;
    }
    if (!outer.rule().element().equals(inner.rule().element())) {
      throw new TransformException(
          Reason.INVALID_VALUE,
          outer.rule().label() + " selects a value that holds one of "
              + inner.rule().label()
              + ", at " + Place.of(tree, inner.node(), rules.names())
              + ": bind either the whole or its parts");
    }
    return true;
  }
}
