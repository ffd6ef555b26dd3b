package dev.phial.gateway.engine;

import dev.phial.gateway.engine.ElementProtector.Subject;
import dev.phial.gateway.policy.Protection.Unfit;
import java.util.List;
import java.util.function.Function;

/** What the rules have in common from which there is no way back. */
final class OneWay {
  /** The version that is told of values that were made without a key. */
  static final int NO_KEY = 0;

  private OneWay() {}

  /** What {@code rule} makes of the text of each item. */
  static List<Outcome> each(
      Subject subject, List<ProtectItem> items, Function<TextItem, Outcome> rule) {
    return items.stream().map(item -> one(subject, item, rule)).toList();
  }

  private static Outcome one(Subject subject, ProtectItem item, Function<TextItem, Outcome> rule) {
    String text;
    try {
      text = item.value().text();
    } catch (IllegalArgumentException notText) {
      return invalid(subject, "its rule takes text in UTF-8");
    }
    return rule.apply(new TextItem(text, item));
  }

  /** What became of {@code text}; when it is the same, it already was of that form. */
  static Outcome made(String text, String made, int version) {
    return new Outcome.Protected(made, version, "", made.equals(text));
  }

  /** A value that the rule does not take. */
  static Outcome unfit(Subject subject, Unfit unfit, String why) {
    return unfit == Unfit.REDACT ? new Outcome.Withheld() : invalid(subject, why);
  }

  static Outcome.Refused invalid(Subject subject, String why) {
    return new Outcome.Refused(
        RefusalCode.INVALID_VALUE, "element " + subject.element().name() + ": " + why);
  }

  /** An item and its text. */
  record TextItem(String text, ProtectItem item) {
    @Override
    public String toString() {
      return "TextItem[" + text.length() + " characters]";
    }
  }
}
