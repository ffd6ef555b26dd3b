package dev.phial.gateway.policy;

import dev.phial.crypto.deid.DateShift;
import dev.phial.gateway.policy.Protection.Generalize;
import dev.phial.gateway.policy.Protection.Hash;
import dev.phial.gateway.policy.Protection.Masked;
import dev.phial.gateway.policy.Protection.Shift;
import dev.phial.gateway.policy.Protection.Unfit;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/** Reads the rules from which there is no way back, besides {@code redact}. */
final class DeidentificationReader {
  private static final String GROUP = "[a-z][a-z0-9_]{0,62}";
  private static final String GROUP_OF_ALL = "dates";

  private DeidentificationReader() {}

  static Optional<Protection> shift(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Integer> days =
        fields.required("days").flatMap(d -> d.integer(1, DateShift.MOST_DAYS));
    Optional<String> group = fields
        .optional("group")
        .map(g -> g.parse(DeidentificationReader::group))
        .orElse(Optional.of(GROUP_OF_ALL));
    Optional<Unfit> unfit = unfit(fields);
    fields.done();
    return days.flatMap(d -> group.flatMap(g -> unfit.map(u -> new Shift(d, g, u))));
  }

  private static String group(String text) {
    if (!text.matches(GROUP)) {
      throw new IllegalArgumentException(
          "a group's name has lower-case letters, digits and _, starts with a letter, and has at most 63 characters");
    }
    return text;
  }

  /** {@code generalize: year}, or {@code generalize: { rule: year-90, over_89: number }}. */
  static Optional<Protection> generalize(YamlNode node) {
    if (node.isScalar()) {
      return node.parse(Generalizers::named).map(rule -> new Generalize(rule, Unfit.REFUSE));
    }
    YamlFields fields = node.fields();
    Optional<YamlNode> rule = fields.required("rule");
    Generalizers.Settings settings = Generalizers.settings(fields);
    Optional<Unfit> unfit = unfit(fields);
    fields.done();
    return rule.flatMap(r -> settings.rule(r)).flatMap(r -> unfit.map(u -> new Generalize(r, u)));
  }

  static Optional<Protection> mask(YamlNode node) {
    return MaskReader.read(node).map(Masked::new);
  }

  static Optional<Protection> hash(YamlNode node) {
    node.fields().done();
    return Optional.of(new Hash());
  }

  private static Optional<Unfit> unfit(YamlFields fields) {
    Map<String, Unfit> words = Words.lowerCase(Unfit.class);
    return fields
        .optional("unfit")
        .map(u -> u.parse(Words.oneOf("treatment", words)))
        .orElse(Optional.of(Unfit.REFUSE));
  }
}
