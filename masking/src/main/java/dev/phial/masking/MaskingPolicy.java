package dev.phial.masking;

import dev.phial.masking.Treatment.Leave;
import dev.phial.masking.Treatment.Redact;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is looked for in logs and what becomes of it. Immutable.
 *
 * @param detected the kinds that are looked for by what they are, with their elements; others are not looked for
 * @param keys elements by the keys that carry them: {@code patient_name} is also {@code patientName} and {@code patient.name}
 * @param rules rules of its own
 */
public record MaskingPolicy(
    Map<Identifier, LogElement> detected, Map<String, LogElement> keys, List<LogRule> rules) {

  public MaskingPolicy {
    detected = Map.copyOf(detected);
    keys = Map.copyOf(keys);
    rules = List.copyOf(rules);
  }

  /** Every kind is redacted: 45 CFR 164.514(b)(2), "Safe Harbor". The event's own time stays, for it is no person's. */
  public static MaskingPolicy safeHarbor() {
    return new MaskingPolicy(all(new Redact()), Map.of(), List.of());
  }

  /**
   * A limited data set, 45 CFR 164.514(e)(2): dates stay, and other numbers that the list there leaves out. Addresses go as a whole,
   * for street and town are found as one.
   */
  public static MaskingPolicy limitedDataSet() {
    Map<Identifier, LogElement> detected = new EnumMap<>(all(new Redact()));
    detected.put(Identifier.DATE, LogElement.of(Identifier.DATE, new Leave()));
    detected.put(Identifier.OTHER, LogElement.of(Identifier.OTHER, new Leave()));
    return new MaskingPolicy(detected, Map.of(), List.of());
  }

  /** All kinds with one treatment. */
  public static Map<Identifier, LogElement> all(Treatment treatment) {
    Map<Identifier, LogElement> all = new EnumMap<>(Identifier.class);
    for (Identifier identifier : Identifier.values()) {
      all.put(identifier, LogElement.of(identifier, treatment));
    }
    return all;
  }

  /** This policy with one kind treated otherwise. */
  public MaskingPolicy with(LogElement element) {
    Map<Identifier, LogElement> changed = new EnumMap<>(Identifier.class);
    changed.putAll(detected);
    changed.put(element.identifier(), element);
    return new MaskingPolicy(changed, keys, rules);
  }

  /** This policy with a key bound. */
  public MaskingPolicy withKey(String key, LogElement element) {
    Map<String, LogElement> more = new LinkedHashMap<>(keys);
    more.put(key, element);
    return new MaskingPolicy(detected, more, rules);
  }

  /** An element whose treatment only the holder of a key can do. */
  public Optional<LogElement> keyed() {
    return java.util.stream.Stream.of(
            detected.values(),
            keys.values(),
            rules.stream().map(LogRule::element).toList())
        .flatMap(java.util.Collection::stream)
        .filter(element -> element.treatment().keyed())
        .findFirst();
  }
}
