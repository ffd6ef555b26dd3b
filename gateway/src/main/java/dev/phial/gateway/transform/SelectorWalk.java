package dev.phial.gateway.transform;

import dev.phial.gateway.policy.selector.Selector;
import dev.phial.gateway.policy.selector.Selector.Step;
import dev.phial.gateway.transform.JsonTree.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One walk through a body with all of a route's selectors at once: each node carries the steps that are open at it. */
final class SelectorWalk {
  private static final String TYPE = "resourceType";

  private final JsonTree tree;
  private final Roots rules;
  private final List<Selection> found = new ArrayList<>();

  SelectorWalk(JsonTree tree, Roots rules) {
    this.tree = tree;
    this.rules = rules;
  }

  /** Everything that any rule selects; a value may be there more than once. */
  List<Selection> run() {
    if (!rules.isEmpty()) {
      visit(JsonTree.ROOT, rules.startingAt(Selector.DOCUMENT));
    }
    return found;
  }

  private void visit(int node, List<RuleStep> open) {
    if (tree.kind(node) == Kind.OBJECT) {
      object(node, open);
    } else if (tree.kind(node) == Kind.ARRAY) {
      for (int child = tree.firstChild(node); child != JsonTree.NONE; child = tree.sibling(child)) {
        visit(child, open);
      }
    } else {
      select(node, open);
    }
  }

  private void select(int node, List<RuleStep> open) {
    for (RuleStep step : open) {
      if (step.arrived()) {
        found.add(new Selection(node, step.rule(), false));
      }
    }
  }

  private void object(int node, List<RuleStep> open) {
    List<RuleStep> here = expanded(node, open);
    select(node, here);
    List<RuleStep> deep =
        here.stream().filter(step -> step.step() instanceof Step.Descendants).toList();
    for (int child = tree.firstChild(node); child != JsonTree.NONE; child = tree.sibling(child)) {
      visit(child, into(child, here, deep));
    }
  }

  /** The open steps, with those that begin at this object, and those behind conditions that hold. */
  private List<RuleStep> expanded(int node, List<RuleStep> open) {
    List<RuleStep> starting = starting(node);
    if (starting.isEmpty() && open.isEmpty()) {
      return List.of();
    }
    List<RuleStep> here = new ArrayList<>();
    open.forEach(step -> expand(node, step, here));
    starting.forEach(step -> expand(node, step, here));
    return here;
  }

  private List<RuleStep> starting(int node) {
    int type = tree.member(node, TYPE);
    if (type == JsonTree.NONE || tree.kind(type) != Kind.STRING) {
      return List.of();
    }
    List<RuleStep> any = rules.startingAt(Selector.ANY_RESOURCE);
    List<RuleStep> typed = rules.startingAt(tree.text(type));
    if (any.isEmpty() || typed.isEmpty()) {
      return any.isEmpty() ? typed : any;
    }
    List<RuleStep> both = new ArrayList<>(any);
    both.addAll(typed);
    return both;
  }

  private void expand(int node, RuleStep step, List<RuleStep> here) {
    if (here.contains(step)) {
      return;
    }
    here.add(step);
    if (step.step() instanceof Step.Descendants) {
      expand(node, step.next(), here);
    } else if (step.step() instanceof Step.Where where
        && where.conditions().stream()
            .allMatch(condition -> Conditions.hold(tree, node, condition))) {
      expand(node, step.next(), here);
    }
  }

  private List<RuleStep> into(int child, List<RuleStep> here, List<RuleStep> deep) {
    List<RuleStep> into = deep;
    for (RuleStep step : here) {
      if (step.step() instanceof Step.Member member) {
        if (member.name().equals(tree.name(child))) {
          into = plus(into, deep, step.next());
        } else if (isCompanion(step, member.name(), tree.name(child))) {
          found.add(new Selection(child, step.rule(), true));
        }
      }
    }
    return into;
  }

  private static List<RuleStep> plus(List<RuleStep> into, List<RuleStep> shared, RuleStep step) {
    List<RuleStep> own = into == shared ? new ArrayList<>(shared) : into;
    own.add(step);
    return own;
  }

  private static boolean isCompanion(RuleStep step, String member, @Nullable String name) {
    return step.rule().extension()
        && step.next().arrived()
        && name != null
        && name.length() == member.length() + 1
        && name.charAt(0) == '_'
        && name.endsWith(member);
  }
}
