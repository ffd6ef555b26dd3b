package dev.phial.gateway.http;

import java.util.List;

/**
 * A request target, taken apart and decoded once.
 *
 * @param segments the path's segments; none for the root
 * @param query the query's parameters, in their order
 */
record Target(List<String> segments, List<Parameter> query) {

  /**
   * One parameter.
   *
   * @param name decoded
   * @param raw the value as it came, of unreserved characters, escapes and others that are allowed
   * @param value the value decoded, {@code +} being a space
   */
  record Parameter(String name, String raw, String value) {
    @Override
    public String toString() {
      return "Parameter";
    }
  }

  Target {
    segments = List.copyOf(segments);
    query = List.copyOf(query);
  }

  @Override
  public String toString() {
    return "Target[" + segments.size() + " segments, " + query.size() + " parameters]";
  }
}
