package dev.phial.gateway.policy;

import dev.phial.gateway.policy.HttpRoute.Segment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A path pattern: {@code /fhir/Patient/{id}}, {@code /fhir/*}, {@code /files/**}.
 *
 * @param segments its segments
 */
record RoutePattern(List<Segment> segments) {
  private static final int MOST_SEGMENTS = 32;
  private static final String LITERAL = "[A-Za-z0-9._~$:@-]{1,200}";
  private static final String PARAMETER = "\\{[a-z][a-z0-9_]{0,62}}";

  RoutePattern {
    segments = List.copyOf(segments);
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException when it is none
   */
  static RoutePattern parse(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a route's path starts with /");
    }
    List<Segment> segments = new ArrayList<>();
    if (!path.equals("/")) {
      for (String part : path.substring(1).split("/", MOST_SEGMENTS + 1)) {
        segments.add(segment(part));
      }
    }
    return checked(segments);
  }

  private static Segment segment(String part) {
    if (part.equals("**")) {
      return new Segment.Rest();
    }
    if (part.equals("*")) {
      return new Segment.Any();
    }
    if (part.matches(PARAMETER)) {
      return new Segment.Parameter(part.substring(1, part.length() - 1));
    }
    if (part.matches(LITERAL) && !part.equals(".") && !part.equals("..")) {
      return new Segment.Literal(part);
    }
    throw new IllegalArgumentException(
        "each part of a path is *, **, {name} or letters, digits and . _ ~ $ : @ -");
  }

  private static RoutePattern checked(List<Segment> segments) {
    for (int i = 0; i < segments.size() - 1; i++) {
      if (segments.get(i) instanceof Segment.Rest) {
        throw new IllegalArgumentException("** stands at the end of a path only");
      }
    }
    RoutePattern pattern = new RoutePattern(segments);
    long named = segments.stream().filter(Segment.Parameter.class::isInstance).count();
    if (pattern.parameters().size() != named) {
      throw new IllegalArgumentException("a path has each parameter once");
    }
    return pattern;
  }

  Set<String> parameters() {
    return segments.stream()
        .filter(Segment.Parameter.class::isInstance)
        .map(segment -> ((Segment.Parameter) segment).name())
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Whether every path that fits {@code other} fits this too. */
  boolean covers(RoutePattern other) {
    for (int i = 0; i < segments.size(); i++) {
      if (segments.get(i) instanceof Segment.Rest) {
        return true;
      }
      if (i >= other.segments.size() || !covers(segments.get(i), other.segments.get(i))) {
        return false;
      }
    }
    return segments.size() == other.segments.size();
  }

  private static boolean covers(Segment mine, Segment theirs) {
    if (theirs instanceof Segment.Rest) {
      return false;
    }
    return mine instanceof Segment.Literal ? mine.equals(theirs) : true;
  }
}
