package dev.phial.gateway.policy;

import dev.phial.gateway.policy.Binding.Placement;
import dev.phial.gateway.policy.Protection.Encrypt;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.selector.Selector;
import dev.phial.gateway.policy.selector.SelectorParser;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Reads one binding: {@code selector: element}, or {@code selector: {element, place, within, wrap}}. */
final class BindingReader {
  private static final int LONGEST_TEMPLATE = 500;

  private final Elements elements;

  BindingReader(Elements elements) {
    this.elements = elements;
  }

  Optional<Binding> read(String selectorText, YamlNode node) {
    Optional<Selector> selector = selector(selectorText, node);
    if (node.isScalar()) {
      Optional<Element> element = elements.named(node);
      return selector.flatMap(
          s -> element.map(e -> new Binding(s, e.name(), List.of(), "", Placement.VALUE)));
    }
    YamlFields fields = node.fields();
    Optional<Element> element = fields.required("element").flatMap(elements::named);
    Placement placement = fields
        .optional("place")
        .flatMap(p -> p.parse(Words.oneOf("place", Words.lowerCase(Placement.class))))
        .orElse(Placement.VALUE);
    List<String> within =
        fields.optional("within").map(BindingReader::templates).orElse(List.of());
    String wrap =
        fields.optional("wrap").flatMap(w -> w.parse(BindingReader::template)).orElse("");
    fields.done();
    Optional<Binding> binding =
        selector.flatMap(s -> element.map(e -> new Binding(s, e.name(), within, wrap, placement)));
    binding.ifPresent(b -> element.ifPresent(e -> check(b, e.protection(), node)));
    return binding;
  }

  static Optional<Selector> selector(String text, YamlNode node) {
    try {
      return Optional.of(SelectorParser.parse(text));
    } catch (IllegalArgumentException e) {
      node.refuse("is not a selector: " + e.getMessage());
      return Optional.empty();
    }
  }

  static List<String> templates(YamlNode node) {
    List<String> templates = node.items().stream()
        .flatMap(item -> item.parse(BindingReader::template).stream())
        .toList();
    if (templates.isEmpty()) {
      node.refuse("needs at least one template, such as [\"urn:uuid:{}\"]");
    }
    return templates;
  }

  static String template(String text) {
    int hole = text.indexOf("{}");
    if (hole < 0 || text.indexOf("{}", hole + 1) >= 0 || text.length() > LONGEST_TEMPLATE) {
      throw new IllegalArgumentException(
          "must hold {} exactly once, where the protected part stands");
    }
    return text;
  }

  private static void check(Binding binding, Protection protection, YamlNode node) {
    boolean extension = binding.placement() == Placement.EXTENSION;
    boolean within = !binding.within().isEmpty();
    boolean wrap = !binding.wrap().isEmpty();
    if (extension && !(protection instanceof Encrypt)) {
      node.refuse("place: extension is for elements that are encrypted");
    }
    if ((extension ? 1 : 0) + (within ? 1 : 0) + (wrap ? 1 : 0) > 1) {
      node.refuse("place: extension, within and wrap exclude each other");
    }
    if (protection instanceof Encrypt encrypt
        && encrypt.form() == SealedForm.BASE64
        && (extension || within || wrap)) {
      node.refuse(
          "an element of form base64 stands for the whole field, without place: extension, within or wrap");
    }
    if (wrap && isDeidentified(protection)) {
      node.refuse("wrap is for elements that are encrypted or tokenized");
    }
    if (protection instanceof Protection.Redact && (within || wrap)) {
      node.refuse("a redacted value leaves nothing to put within or to wrap");
    }
  }

  private static boolean isDeidentified(Protection protection) {
    return protection instanceof Protection.Shift
        || protection instanceof Protection.Generalize
        || protection instanceof Protection.Masked
        || protection instanceof Protection.Hash;
  }
}
