package dev.phial.gateway.policy.selector;

import dev.phial.gateway.policy.selector.Selector.Condition;
import dev.phial.gateway.policy.selector.Selector.Step;
import dev.phial.gateway.policy.selector.Selector.Step.Descendants;
import dev.phial.gateway.policy.selector.Selector.Step.Member;
import dev.phial.gateway.policy.selector.Selector.Step.Where;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses selectors, strictly: what is not in the language is refused, never skipped, because a selector that finds nothing
 * lets a value pass unprotected.
 *
 * <pre>
 * selector  = root step+                           ; the last step is a member
 * root      = "$" | name
 * step      = "." ( "descendants()" | "where(" condition ( " and " condition )* ")" | "extension(" literal ")" | name )
 * condition = path ( "=" literal | ".exists()" )
 * path      = name ( "." name )*
 * </pre>
 */
public final class SelectorParser {
  private static final int LONGEST = 1_000;
  private static final int MOST_STEPS = 32;
  private static final int MOST_CONDITIONS = 16;

  private final SelectorText text;
  private final List<Step> steps = new ArrayList<>();

  private SelectorParser(SelectorText text) {
    this.text = text;
  }

  /**
   * The selector that {@code text} writes.
   *
   * @throws IllegalArgumentException when it is none; the message names the column, from 1
   */
  public static Selector parse(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("a selector has at most " + LONGEST + " characters");
    }
    SelectorParser parser = new SelectorParser(new SelectorText(text));
    return new Selector(text, parser.root(), parser.steps());
  }

  private String root() {
    if (text.skip(Selector.DOCUMENT)) {
      return Selector.DOCUMENT;
    }
    String name = text.name();
    if (!name.matches("[A-Z][A-Za-z]*")) {
      throw new IllegalArgumentException(
          "column 1: a selector starts with a resource type, Resource or $");
    }
    return name;
  }

  private List<Step> steps() {
    while (!text.atEnd()) {
      text.expect(".");
      step();
      if (steps.size() > MOST_STEPS) {
        throw text.problem("a selector has at most " + MOST_STEPS + " steps");
      }
    }
    if (steps.isEmpty() || !(steps.get(steps.size() - 1) instanceof Member)) {
      throw text.problem("a selector ends with the name of the member to protect");
    }
    return steps;
  }

  private void step() {
    if (text.skip("descendants()")) {
      steps.add(new Descendants());
    } else if (text.skip("where(")) {
      steps.add(where());
    } else if (text.skip("extension(")) {
      steps.add(new Member("extension"));
      steps.add(new Where(List.of(new Condition.Equals(List.of("url"), text.literal()))));
      text.expect(")");
    } else {
      steps.add(new Member(text.name()));
    }
  }

  private Where where() {
    List<Condition> conditions = new ArrayList<>();
    do {
      text.skipBlanks();
      conditions.add(condition());
      if (conditions.size() > MOST_CONDITIONS) {
        throw text.problem("there are at most " + MOST_CONDITIONS + " conditions");
      }
    } while (text.skip(" and "));
    text.skipBlanks();
    text.expect(")");
    return new Where(conditions);
  }

  private Condition condition() {
    List<String> path = new ArrayList<>(List.of(text.name()));
    while (text.skip(".")) {
      if (text.skip("exists()")) {
        return new Condition.Exists(path);
      }
      path.add(text.name());
      if (path.size() > MOST_STEPS) {
        throw text.problem("a path has at most " + MOST_STEPS + " names");
      }
    }
    text.skipBlanks();
    text.expect("=");
    text.skipBlanks();
    return new Condition.Equals(path, text.literal());
  }
}
