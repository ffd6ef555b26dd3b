package dev.phial.gateway.transform;

import dev.phial.crypto.token.TokenFormat;
import dev.phial.gateway.policy.Binding;
import dev.phial.gateway.policy.Binding.Placement;
import dev.phial.gateway.policy.Element;
import dev.phial.gateway.policy.HttpRoute;
import dev.phial.gateway.policy.HttpRoute.Content;
import dev.phial.gateway.policy.HttpRoute.Segment;
import dev.phial.gateway.policy.Identifier;
import dev.phial.gateway.policy.Mask;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.Protection;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Protection.SealedForm;
import dev.phial.gateway.policy.selector.SelectorParser;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Policies for tests: elements {@code ssn} and {@code mrn} are tokenized, {@code gone} is redacted, any other is encrypted. */
public final class TestPolicies {
  private TestPolicies() {}

  public static Binding bind(String selector, String element) {
    return new Binding(SelectorParser.parse(selector), element, List.of(), "", Placement.VALUE);
  }

  public static Binding within(String selector, String element, String... templates) {
    return new Binding(
        SelectorParser.parse(selector), element, Arrays.asList(templates), "", Placement.VALUE);
  }

  public static Binding wrapped(String selector, String element, String template) {
    return new Binding(
        SelectorParser.parse(selector), element, List.of(), template, Placement.VALUE);
  }

  public static Binding extension(String selector, String element) {
    return new Binding(SelectorParser.parse(selector), element, List.of(), "", Placement.EXTENSION);
  }

  /** A policy with one route {@code /fhir/**} for everything. */
  public static Policy fhir(Binding... bindings) {
    return policy(
        route("/fhir/**", List.of(new Segment.Literal("fhir"), new Segment.Rest()), bindings));
  }

  public static HttpRoute route(String path, List<Segment> segments, Binding... bindings) {
    return new HttpRoute(
        path,
        segments,
        Set.of("GET", "HEAD", "POST", "PUT", "DELETE"),
        "ehr",
        Content.FHIR_JSON,
        Map.of("mrn", "mrn"),
        Set.of("_count", "_format"),
        Map.of("identifier", "ssn"),
        List.of(bindings),
        List.of());
  }

  public static Policy policy(HttpRoute... routes) {
    Map<String, Element> elements = new TreeMap<>();
    for (String name : List.of("ssn", "mrn", "gone")) {
      elements.put(name, element(name));
    }
    for (HttpRoute route : routes) {
      route
          .bindings()
          .forEach(binding -> elements.put(binding.element(), element(binding.element())));
    }
    return new Policy("digest", elements, List.of(routes), Map.of());
  }

  private static Element element(String name) {
    Protection protection = switch (name) {
      case "ssn", "mrn" ->
        new Protection.Tokenize(TokenFormat.parse("digits:7..12"), KeyVersionMode.PINNED);
      case "gone" -> new Protection.Redact();
      default -> new Protection.Encrypt(SealedForm.TEXT, false);
    };
    return new Element(name, Identifier.OTHER, protection, Mask.ALL);
  }
}
