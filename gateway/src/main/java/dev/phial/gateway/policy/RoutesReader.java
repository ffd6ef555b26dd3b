package dev.phial.gateway.policy;

import dev.phial.gateway.policy.Binding.Placement;
import dev.phial.gateway.policy.HttpRoute.Content;
import dev.phial.gateway.policy.Protection.KeyVersionMode;
import dev.phial.gateway.policy.Protection.Tokenize;
import dev.phial.gateway.policy.Selections.Located;
import dev.phial.gateway.yaml.YamlFields;
import dev.phial.gateway.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads {@code http}: the routes, in order. */
final class RoutesReader {
  private static final Map<String, String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE").stream()
          .collect(Collectors.toMap(m -> m, m -> m));
  private static final Map<String, Content> CONTENTS =
      Map.of("fhir+json", Content.FHIR_JSON, "json", Content.JSON);

  private final Elements elements;
  private final Selections selections;
  private final Patients patients;
  private final Upstreams upstreams;
  private final Shadows shadows = new Shadows();

  RoutesReader(Elements elements, Selections selections, Patients patients, Upstreams upstreams) {
    this.elements = elements;
    this.selections = selections;
    this.patients = patients;
    this.upstreams = upstreams;
  }

  List<HttpRoute> read(Optional<YamlNode> section) {
    return section.map(YamlNode::items).orElse(List.of()).stream()
        .flatMap(item -> route(item).stream())
        .toList();
  }

  private Optional<HttpRoute> route(YamlNode node) {
    YamlFields fields = node.fields();
    String path = fields.text("route");
    Optional<RoutePattern> pattern = fields
        .optional("route")
        .filter(r -> !path.isEmpty())
        .flatMap(r -> r.parse(RoutePattern::parse));
    Set<String> methods = fields.required("methods").map(RoutesReader::methods).orElse(Set.of());
    String upstream =
        fields.required("upstream").flatMap(u -> u.parse(upstreams::check)).orElse("");
    Optional<Content> content =
        fields.required("content").flatMap(c -> c.parse(Words.oneOf("content", CONTENTS)));
    Map<String, String> parameters =
        fields.optional("parameters").map(p -> parameters(p, pattern)).orElse(Map.of());
    QueryRules query = fields.optional("query").map(this::query).orElse(QueryRules.NONE);
    List<Binding> bindings =
        fields.required("select").map(s -> select(s, content)).orElse(List.of());
    List<PatientSelector> whose =
        fields.optional("patient").map(patients::named).orElse(List.of());
    refuseNobodys(fields.optional("patient").isPresent(), bindings, node);
    fields.done();
    refusePatch(node, methods, content);
    pattern.ifPresent(p -> shadows.add(p, methods, path, node));
    return pattern.flatMap(p -> content.map(c -> new HttpRoute(
        path,
        p.segments(),
        methods,
        upstream,
        c,
        parameters,
        query.allow(),
        query.bind(),
        bindings,
        whose)));
  }

  private boolean isShifted(String name) {
    Element element = elements.usable().get(name);
    return element != null && element.protection() instanceof Protection.Shift;
  }

  /** A date is shifted with the other dates of its patient: without one every message would be refused. */
  private void refuseNobodys(boolean somebodys, List<Binding> bindings, YamlNode node) {
    if (!somebodys) {
      bindings.stream()
          .map(Binding::element)
          .filter(this::isShifted)
          .findFirst()
          .ifPresent(
              name -> node.refuse(
                  "selects '" + name
                      + "', which is shifted; say whose dates they are: 'patient' names a group of the section 'patients'"));
    }
  }

  private static Set<String> methods(YamlNode node) {
    Set<String> methods = new HashSet<>();
    for (YamlNode item : node.items()) {
      item.parse(Words.oneOf("method", METHODS)).ifPresent(methods::add);
    }
    if (methods.isEmpty()) {
      node.refuse("needs at least one method");
    }
    return methods;
  }

  /** A patch is no resource: no selector would find what it carries. */
  private static void refusePatch(YamlNode node, Set<String> methods, Optional<Content> content) {
    if (methods.contains("PATCH") && content.equals(Optional.of(Content.FHIR_JSON))) {
      node.refuse(
          "PATCH cannot be protected on a fhir+json route, because a patch is not a resource; use PUT");
    }
  }

  private Map<String, String> parameters(YamlNode node, Optional<RoutePattern> pattern) {
    Map<String, String> parameters = lookups(node);
    pattern.ifPresent(p -> parameters.keySet().stream()
        .filter(name -> !p.parameters().contains(name))
        .forEach(name -> node.refuse("the route's path has no {" + name + "}")));
    return parameters;
  }

  private QueryRules query(YamlNode node) {
    YamlFields fields = node.fields();
    Set<String> allow = new HashSet<>();
    fields
        .optional("allow")
        .map(YamlNode::items)
        .orElse(List.of())
        .forEach(item -> item.parse(QueryRules::name).ifPresent(allow::add));
    Map<String, String> bind = fields.optional("bind").map(this::lookups).orElse(Map.of());
    fields.done();
    bind.keySet().stream()
        .filter(allow::contains)
        .forEach(name -> node.refuse("'" + name + "' is both allowed and bound; keep one"));
    return new QueryRules(allow, bind);
  }

  /** Names bound to elements whose protected form is the same each time, so that the upstream can look it up. */
  private Map<String, String> lookups(YamlNode node) {
    Map<String, String> lookups = new HashMap<>();
    node.members()
        .forEach((name, reference) -> elements.named(reference).ifPresent(element -> {
          lookups.put(name, element.name());
          if (!isLookup(element.protection())) {
            reference.refuse(
                "must be an element that is tokenized with key_version pinned or marked, or hashed, so that the same value gives the same text");
          }
        }));
    return lookups;
  }

  private static boolean isLookup(Protection protection) {
    return protection instanceof Protection.Hash
        || (protection instanceof Tokenize tokenize
            && tokenize.keyVersion() != KeyVersionMode.BESIDE);
  }

  private List<Binding> select(YamlNode node, Optional<Content> content) {
    List<Binding> bindings = new ArrayList<>();
    Set<String> selectors = new HashSet<>();
    for (YamlNode item : node.items()) {
      for (Located located : selections.named(item)) {
        bindings.add(located.binding());
        if (!selectors.add(located.binding().selector().source())) {
          item.refuse("brings a selector that another selection of this route has too: "
              + located.binding().selector().source());
        }
        content.ifPresent(c -> checkFits(located, c));
      }
    }
    return bindings;
  }

  private void checkFits(Located located, Content content) {
    if (located.binding().placement() == Placement.EXTENSION && content != Content.FHIR_JSON) {
      located.node().refuse("place: extension is for fhir+json routes, and a json route uses it");
    }
    Element element = elements.usable().get(located.binding().element());
    if (element != null
        && element.protection() instanceof Tokenize tokenize
        && tokenize.keyVersion() == KeyVersionMode.BESIDE) {
      located
          .node()
          .refuse(
              "a message has no place beside a token; give the element key_version pinned or marked");
    }
  }
}
