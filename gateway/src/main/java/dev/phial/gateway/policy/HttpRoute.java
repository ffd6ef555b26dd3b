package dev.phial.gateway.policy;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A route of the HTTP channel. Routes are tried in the order of the policy; the first whose path and method fit counts; when
 * none does the request is refused.
 *
 * @param path the pattern as written, for messages, audit and metrics
 * @param segments the pattern's segments
 * @param methods the methods it takes
 * @param upstream the upstream's name; exists in the configuration
 * @param content what bodies must be, in both directions
 * @param parameters path parameter to element: the segment is protected on its way in
 * @param queryAllowed query parameters that carry no PHI and pass as they are; any other is refused
 * @param queryBound query parameter to element: the value is protected on its way in
 * @param bindings what is selected in bodies, in both directions
 * @param patients where bodies say whose values they hold, for dates that are shifted; empty: there are none
 */
public record HttpRoute(
    String path,
    List<Segment> segments,
    Set<String> methods,
    String upstream,
    Content content,
    Map<String, String> parameters,
    Set<String> queryAllowed,
    Map<String, String> queryBound,
    List<Binding> bindings,
    List<PatientSelector> patients) {

  /** The kinds of body. */
  public enum Content {
    /** {@code application/fhir+json} or {@code application/json}, holding FHIR resources. */
    FHIR_JSON,
    /** {@code application/json}. */
    JSON
  }

  /** One segment of a path pattern. */
  public sealed interface Segment {
    record Literal(String text) implements Segment {}

    /** {@code *}: any one segment, passed as it is. */
    record Any() implements Segment {}

    /** {@code {name}}: any one segment, protected when the route's parameters bind it. */
    record Parameter(String name) implements Segment {}

    /** {@code **}: the rest, any number of segments; last only. */
    record Rest() implements Segment {}
  }

  public HttpRoute {
    segments = List.copyOf(segments);
    methods = Set.copyOf(methods);
    parameters = Map.copyOf(parameters);
    queryAllowed = Set.copyOf(queryAllowed);
    queryBound = Map.copyOf(queryBound);
    bindings = List.copyOf(bindings);
    patients = List.copyOf(patients);
  }
}
