package dev.phial.gateway.http;

import dev.phial.gateway.policy.HttpRoute;
import dev.phial.gateway.policy.HttpRoute.Segment;
import dev.phial.gateway.transform.BodyRules;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A route of the policy, ready for use.
 *
 * @param http as the policy has it
 * @param rules its bindings, compiled
 */
record Route(HttpRoute http, BodyRules rules) {

  /** Whether a path fits the pattern. */
  boolean fits(List<String> path) {
    List<Segment> pattern = http.segments();
    for (int i = 0; i < pattern.size(); i++) {
      if (pattern.get(i) instanceof Segment.Rest) {
        return true;
      }
      if (i >= path.size() || !fits(pattern.get(i), path.get(i))) {
        return false;
      }
    }
    return path.size() == pattern.size();
  }

  private static boolean fits(Segment pattern, String segment) {
    return !(pattern instanceof Segment.Literal literal) || literal.text().equals(segment);
  }

  /** The element that protects the path's segment at {@code index}, or the empty string. */
  String elementAt(int index) {
    return index < http.segments().size()
            && http.segments().get(index) instanceof Segment.Parameter parameter
        ? http.parameters().getOrDefault(parameter.name(), "")
        : "";
  }

  /** The patient that a path of this route names; the empty string when it names none. */
  String patient(List<String> path) {
    return IntStream.range(0, Math.min(path.size(), http.segments().size()))
        .filter(index -> http.segments().get(index) instanceof Segment.Parameter parameter
            && parameter.name().equals(http.patientParameter()))
        .mapToObj(path::get)
        .findFirst()
        .orElse("");
  }

  /** Whether any segment of the pattern is protected. */
  boolean protectsPath() {
    return IntStream.range(0, http.segments().size())
        .anyMatch(index -> !elementAt(index).isEmpty());
  }
}
