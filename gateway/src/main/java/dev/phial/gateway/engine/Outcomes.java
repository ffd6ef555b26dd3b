package dev.phial.gateway.engine;

import dev.phial.gateway.audit.AuditEvent.ElementCount;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** Names and counts outcomes, in one vocabulary for audit and metrics. */
public final class Outcomes {
  private Outcomes() {}

  /** The word for an outcome: {@code protected}, {@code plaintext}, {@code withheld}, {@code key_retired} ... */
  public static String word(Outcome outcome) {
    if (outcome instanceof Outcome.Protected made) {
      return made.unchanged() ? "unchanged" : "protected";
    }
    if (outcome instanceof Outcome.Revealed revealed) {
      return revealed.form().name().toLowerCase(Locale.ROOT);
    }
    if (outcome instanceof Outcome.Indexed) {
      return "indexed";
    }
    return outcome instanceof Outcome.Refused refused ? word(refused.code()) : "withheld";
  }

  /** The word for a refusal. */
  public static String word(RefusalCode code) {
    return code.name().toLowerCase(Locale.ROOT);
  }

  /** The element's name if the policy has it. A name that a caller made up is not repeated: it could be a value. */
  public static String knownElement(String element, Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
            && refused.code() == RefusalCode.UNKNOWN_ELEMENT
        ? "unknown"
        : element;
  }

  /** How many values of each element came out how, in order of first appearance. */
  static List<ElementCount> count(List<Outcome> outcomes, IntFunction<String> element) {
    Map<ElementCount, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Outcome outcome = outcomes.get(i);
      int version = outcome instanceof Outcome.Protected made ? made.keyVersion() : 0;
      counts.merge(
          new ElementCount(knownElement(element.apply(i), outcome), word(outcome), version, 0),
          1,
          Integer::sum);
    }
    List<ElementCount> result = new ArrayList<>(counts.size());
    counts.forEach((key, count) ->
        result.add(new ElementCount(key.element(), key.result(), key.keyVersion(), count)));
    return result;
  }
}
