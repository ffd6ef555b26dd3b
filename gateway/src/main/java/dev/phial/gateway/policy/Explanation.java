package dev.phial.gateway.policy;

import dev.phial.crypto.deid.Generalizer;
import dev.phial.crypto.deid.Zip3;
import dev.phial.crypto.index.IndexRule;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a policy does with an element, in words for people. */
public final class Explanation {
  private static final double TOO_FEW = 1e-9;

  private final Policy policy;
  private final long values;

  /**
   * @param policy the policy
   * @param values among how many different values one is searched for, where an element has an index
   */
  public Explanation(Policy policy, long values) {
    this.policy = policy;
    this.values = values;
  }

  /** The lines about an element: its name first, then what is stored, where it is found, and who sees what. */
  public List<String> of(Element element) {
    List<String> lines = new ArrayList<>();
    lines.add(element.name() + " (" + element.identifier() + ")");
    lines.add("  stored: " + stored(element.protection()));
    if (element.protection() instanceof Protection.Encrypt encrypt) {
      encrypt.index().ifPresent(rule -> lines.addAll(index(rule)));
    }
    selectors(element).forEach(selector -> lines.add("  at: " + selector));
    lines.add("  sent by: " + senders(element));
    lines.add("  seen by: " + readers(element));
    return lines;
  }

  private static String stored(Protection protection) {
    if (protection instanceof Protection.Tokenize tokenize) {
      return "a token of the format " + tokenize.format().spec() + ", key version "
          + word(tokenize.keyVersion()) + ", the same for the same value";
    }
    if (protection instanceof Protection.Encrypt encrypt) {
      return "a ciphertext as " + word(encrypt.form()) + ", different each time";
    }
    return withoutWayBack(protection);
  }

  private static String withoutWayBack(Protection protection) {
    if (protection instanceof Protection.Shift shift) {
      return "for good: the date 1 to " + shift.days()
          + " days earlier or later, by the same amount for all dates of the patient in group '"
          + shift.group() + "'" + unfit(shift.unfit());
    }
    if (protection instanceof Protection.Generalize generalize) {
      return "for good: " + generalized(generalize.rule()) + unfit(generalize.unfit());
    }
    if (protection instanceof Protection.Masked masked) {
      return "for good: masked, with the first " + masked.mask().keepFirst() + " and the last "
          + masked.mask().keepLast() + " letters and digits kept";
    }
    return protection instanceof Protection.Hash
        ? "for good: a keyed pseudonym, the same for the same value"
        : "nothing: it is removed";
  }

  /** Whether both are generalizations that are explained in the same words. */
  static boolean sameGeneralization(Protection one, Protection other) {
    return one instanceof Protection.Generalize
        && other instanceof Protection.Generalize
        && stored(one).equals(stored(other));
  }

  private static String generalized(Generalizer rule) {
    return rule instanceof Zip3 zip
        ? "three digits of the ZIP code, 000 for areas of few people (census of "
            + zip.areas().census() + ")"
        : "generalized by " + rule.rule();
  }

  private static String unfit(Protection.Unfit unfit) {
    return unfit == Protection.Unfit.REDACT
        ? "; what the rule does not take is removed"
        : "; what the rule does not take is refused";
  }

  private List<String> index(IndexRule rule) {
    String ignored = rule.normalizers().stream()
        .sorted()
        .map(normalizer -> IndexReader.word(normalizer) + " (" + normalizer.id() + ")")
        .collect(Collectors.joining(", "));
    String wrong = amount(rule.falseMatches(values));
    return List.of(
        "  index: of the value " + (ignored.isEmpty() ? "as it is" : "without " + ignored) + ", "
            + rule.bits() + " of " + IndexRule.ALL + " bits kept",
        "  index: two different values have one digest with a chance of 2^-" + rule.bits()
            + "; among " + String.format(Locale.ROOT, "%,d", values)
            + " different values a search finds " + wrong + " wrong ones");
  }

  private static String amount(double matches) {
    return matches < TOO_FEW
        ? "practically no"
        : "about " + new BigDecimal(matches).round(new MathContext(2)).toPlainString();
  }

  private SortedSet<String> selectors(Element element) {
    return policy.httpRoutes().stream()
        .flatMap(route -> route.bindings().stream())
        .filter(binding -> binding.element().equals(element.name()))
        .map(binding -> binding.selector().source())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String senders(Element element) {
    String names = new TreeMap<>(policy.roles())
        .values().stream()
            .filter(role ->
                role.protect().contains(element.name()) || role.protect().contains(Role.ANY))
            .map(Role::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "nobody" : names;
  }

  private String readers(Element element) {
    String forms = new TreeMap<>(policy.roles())
        .values().stream()
            .filter(role -> granted(role, element) != Reveal.DENY)
            .map(role -> role.name() + " " + shown(granted(role, element), element))
            .collect(Collectors.joining(", "));
    return forms.isEmpty() ? "nobody" : forms;
  }

  private static Reveal granted(Role role, Element element) {
    Reveal any = role.reveal().getOrDefault(Role.ANY, Reveal.DENY);
    return role.reveal().getOrDefault(element.name(), any);
  }

  private static String shown(Reveal granted, Element element) {
    boolean asStored = granted == Reveal.TOKEN
        || (granted == Reveal.PLAINTEXT
            && !(element.protection() instanceof Protection.Tokenize)
            && !(element.protection() instanceof Protection.Encrypt));
    return asStored ? "(as it is stored)" : "(" + word(granted) + ")";
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
