package dev.phial.gateway.transform;

import dev.phial.gateway.policy.selector.Selector.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a rule's selector has come on the way to a value: the step to be taken next. Compared by identity. */
final class RuleStep {
  private final Rule rule;
  private final @Nullable Step step;
  private final @Nullable RuleStep next;

  private RuleStep(Rule rule, @Nullable Step step, @Nullable RuleStep next) {
    this.rule = rule;
    this.step = step;
    this.next = next;
  }

  /** The first step of a rule's selector, linked to the others. */
  static RuleStep chain(Rule rule) {
    List<Step> steps = rule.binding().selector().steps();
    RuleStep link = new RuleStep(rule, null, null);
    for (int i = steps.size() - 1; i >= 0; i--) {
      link = new RuleStep(rule, steps.get(i), link);
    }
    return link;
  }

  Rule rule() {
    return rule;
  }

  /** Null when the selector has arrived. */
  @Nullable
  Step step() {
    return step;
  }

  boolean arrived() {
    return step == null;
  }

  RuleStep next() {
    if (next == null) {
      throw new IllegalStateException("the selector has arrived");
    }
    return next;
  }
}
