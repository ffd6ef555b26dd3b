package dev.phial.gateway.policy;

import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Protection.Tokenize;
import dev.phial.gateway.yaml.Suggestion;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import dev.phial.masking.LogElement;
import dev.phial.masking.LogRule;
import dev.phial.masking.MaskingPolicy;
import dev.phial.masking.Treatment;
import dev.phial.masking.treat.PolicyMasker;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code logs}: what is looked for in logs, which keys carry which elements, and what becomes of them. */
final class LogsReader {
  private static final String ALL = "hipaa";
  private static final String LIMITED = "limited-data-set";
  private static final Map<String, Treatment> TREATMENTS = Map.of(
      "redact", new Treatment.Redact(),
      "token", new Treatment.Token(),
      "digest", new Treatment.Digest(),
      "drop", new Treatment.Drop(),
      "leave", new Treatment.Leave());

  private final Elements elements;
  private final Map<String, Treatment> treatments = new LinkedHashMap<>();

  LogsReader(Elements elements) {
    this.elements = elements;
  }

  MaskingPolicy read(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<YamlNode> detect = fields.required("detect");
    fields.optional("treat").map(YamlNode::members).orElse(Map.of()).forEach(this::treatment);
    Map<dev.phial.masking.Identifier, LogElement> detected =
        detect.map(this::detected).orElse(Map.of());
    Map<String, LogElement> keys = new LinkedHashMap<>();
    fields
        .optional("keys")
        .map(YamlNode::members)
        .orElse(Map.of())
        .forEach((key, reference) ->
            elements.named(reference).ifPresent(element -> keys.put(key, bound(element))));
    List<LogRule> rules = fields.optional("rules").map(YamlNode::items).orElse(List.of()).stream()
        .flatMap(item -> rule(item).stream())
        .toList();
    fields.done();
    MaskingPolicy policy = new MaskingPolicy(detected, keys, rules);
    check(policy, node);
    return policy;
  }

  /** A key or a pattern that is none shows here and not at the first line. */
  private static void check(MaskingPolicy policy, YamlNode node) {
    try {
      PolicyMasker.check(policy);
    } catch (IllegalArgumentException e) {
      node.refuse(Objects.requireNonNullElse(e.getMessage(), "cannot be followed"));
    }
  }

  private void treatment(String name, YamlNode node) {
    boolean identifier = identifiers().containsKey(name);
    if (!identifier && !elements.declared().contains(name)) {
      node.refuse(Suggestion.unknown("element or identifier", name, elements.declared()));
      return;
    }
    treatment(node).ifPresent(treatment -> {
      treatments.put(name, treatment);
      Element element = elements.usable().get(name);
      if (treatment.keyed() && (element == null || !hasToken(element, treatment))) {
        node.refuse(
            treatment instanceof Treatment.Token
                ? "a token needs an element that is tokenized with key_version pinned or marked"
                : "a digest needs an element of that name");
      }
    });
  }

  private static boolean hasToken(Element element, Treatment treatment) {
    return treatment instanceof Treatment.Digest
        || (element.protection() instanceof Tokenize tokenize
            && tokenize.keyVersion() != KeyVersionMode.BESIDE);
  }

  private static Optional<Treatment> treatment(YamlNode node) {
    if (node.isScalar()) {
      return node.parse(Words.oneOf("treatment", TREATMENTS));
    }
    YamlFields fields = node.fields();
    Optional<YamlNode> mask = fields.required("mask");
    fields.done();
    return mask.map(m -> {
      YamlFields ends = m.fields();
      int first = ends.integer("keep_first", 0, 16, 0);
      int last = ends.integer("keep_last", 0, 16, 0);
      ends.done();
      return new Treatment.Mask(first, last);
    });
  }

  private static void refuse(YamlNode item, String word) {
    if (!word.isEmpty()) {
      Set<String> known = new TreeSet<>(identifiers().keySet());
      known.add(ALL);
      known.add(LIMITED);
      item.refuse(Suggestion.unknown("identifier", word, known));
    }
  }

  private Map<dev.phial.masking.Identifier, LogElement> detected(YamlNode detect) {
    Map<dev.phial.masking.Identifier, LogElement> detected =
        new EnumMap<>(dev.phial.masking.Identifier.class);
    for (YamlNode item : detect.items()) {
      String word = item.text();
      if (word.equals(ALL)) {
        detected.putAll(MaskingPolicy.safeHarbor().detected());
      } else if (word.equals(LIMITED)) {
        detected.putAll(MaskingPolicy.limitedDataSet().detected());
      } else if (!identifiers().containsKey(word)) {
        refuse(item, word);
      } else {
        item.parse(Words.oneOf("identifier", identifiers()))
            .ifPresent(identifier ->
                detected.put(identifier, LogElement.of(identifier, new Treatment.Redact())));
      }
    }
    treatments.forEach((name, treatment) -> {
      dev.phial.masking.Identifier identifier = identifierOf(name);
      if (identifier != null && detected.containsKey(identifier)) {
        detected.put(identifier, new LogElement(name, identifier, treatment));
      }
    });
    return detected;
  }

  private dev.phial.masking.@Nullable Identifier identifierOf(String name) {
    Element element = elements.usable().get(name);
    return element == null
        ? identifiers().get(name)
        : dev.phial.masking.Identifier.valueOf(element.identifier().name());
  }

  private static Map<String, dev.phial.masking.Identifier> identifiers() {
    return Words.lowerCase(dev.phial.masking.Identifier.class);
  }

  private LogElement bound(Element element) {
    return new LogElement(
        element.name(),
        dev.phial.masking.Identifier.valueOf(element.identifier().name()),
        treatments.getOrDefault(element.name(), new Treatment.Redact()));
  }

  private Optional<LogRule> rule(YamlNode node) {
    YamlFields fields = node.fields();
    Optional<Element> element = fields.required("element").flatMap(elements::named);
    String pattern = fields.text("pattern");
    List<String> keywords =
        fields.optional("keywords").map(YamlNode::items).orElse(List.of()).stream()
            .map(YamlNode::text)
            .toList();
    Optional<LogRule.Checksum> checksum = fields
        .optional("checksum")
        .map(c -> c.parse(Words.oneOf("checksum", Words.lowerCase(LogRule.Checksum.class))))
        .orElse(Optional.of(LogRule.Checksum.NONE));
    fields.done();
    if (pattern.isEmpty() || pattern.length() > 100) {
      return Optional.empty();
    }
    return element.flatMap(e -> checksum.map(c -> new LogRule(bound(e), pattern, keywords, c)));
  }
}
