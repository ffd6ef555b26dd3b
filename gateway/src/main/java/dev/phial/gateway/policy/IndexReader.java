package dev.phial.gateway.policy;

import dev.phial.crypto.index.IndexRule;
import dev.phial.crypto.index.Normalizer;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads an element's {@code index}: {@code true} for whole digests of values as they are, or {@code ignore} and {@code bits}. A
 * word stands for one version of a normalisation for ever; a later version gets a word of its own.
 */
final class IndexReader {
  private static final Map<String, Normalizer> IGNORED = Map.of(
      "accents", Normalizer.ACCENTS,
      "case", Normalizer.CASE,
      "punctuation", Normalizer.PUNCTUATION,
      "spaces", Normalizer.SPACES,
      "all-but-digits", Normalizer.DIGITS);

  private IndexReader() {}

  static Optional<IndexRule> read(YamlNode node) {
    if (node.isScalar()) {
      return node.flag() ? Optional.of(IndexRule.EXACT) : Optional.empty();
    }
    YamlFields fields = node.fields();
    Optional<YamlNode> ignore = fields.optional("ignore");
    Set<Normalizer> normalizers = EnumSet.noneOf(Normalizer.class);
    ignore.ifPresent(list -> list.items()
        .forEach(
            item -> item.parse(Words.oneOf("normalisation", IGNORED)).ifPresent(normalizers::add)));
    int bits = fields.integer("bits", IndexRule.FEWEST, IndexRule.ALL, IndexRule.ALL);
    fields.done();
    refuseSenseless(ignore, normalizers);
    return Optional.of(new IndexRule(normalizers, bits));
  }

  private static void refuseSenseless(Optional<YamlNode> ignore, Set<Normalizer> normalizers) {
    if (normalizers.contains(Normalizer.DIGITS) && normalizers.size() > 1) {
      ignore.ifPresent(list ->
          list.refuse("all-but-digits leaves nothing for the others to ignore; name it alone"));
    }
  }

  /** The word for a normalisation. */
  static String word(Normalizer normalizer) {
    return IGNORED.entrySet().stream()
        .filter(entry -> entry.getValue() == normalizer)
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
