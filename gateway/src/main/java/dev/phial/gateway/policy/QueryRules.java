package dev.phial.gateway.policy;

import java.util.Map;
import java.util.Set;

/** What a route does with query parameters: pass, protect, and refuse all others. */
record QueryRules(Set<String> allow, Map<String, String> bind) {
  static final QueryRules NONE = new QueryRules(Set.of(), Map.of());

  /** A query parameter's name, FHIR's modifiers and chains included. */
  static String name(String text) {
    if (!text.matches("[A-Za-z_$][A-Za-z0-9_.:$-]{0,99}")) {
      throw new IllegalArgumentException("is not the name of a query parameter");
    }
    return text;
  }
}
