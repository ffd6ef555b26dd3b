package dev.phial.gateway.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes a request target apart. A path that could be read in two ways is refused: dot segments, empty segments, escaped
 * slashes, backslashes, semicolons and escapes of escapes (T36).
 */
final class TargetParser {
  private static final String PATH_ALLOWED = "-._~!$&'()*+,=:@%/";
  private static final String QUERY_ALLOWED = "-._~!$&'()*+,=:@%/?|";
  private static final String NEVER_IN_SEGMENT = "/\\;%";

  private TargetParser() {}

  /**
   * @param target in origin form
   * @throws Refusal when it is not in the one form
   */
  static Target parse(String target) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    List<Target.Parameter> query = mark < 0 ? List.of() : query(target.substring(mark + 1));
    return new Target(segments(path), query);
  }

  static List<String> segments(String path) {
    requireAllowed(path, PATH_ALLOWED);
    if (!path.startsWith("/")) {
      throw PercentCoding.bad("the path does not begin with a slash");
    }
    if (path.equals("/")) {
      return List.of();
    }
    List<String> segments = new ArrayList<>();
    for (String raw : path.substring(1).split("/", -1)) {
      segments.add(segment(raw));
    }
    return segments;
  }

  private static String segment(String raw) {
    String segment = PercentCoding.decode(raw, false);
    if (segment.isEmpty()) {
      throw PercentCoding.bad("the path has an empty segment, or a slash at its end");
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw PercentCoding.bad("the path has a dot segment");
    }
    if (segment.chars().anyMatch(c -> NEVER_IN_SEGMENT.indexOf(c) >= 0)) {
      throw PercentCoding.bad("a path segment holds a slash, backslash, semicolon or percent sign");
    }
    return segment;
  }

  private static List<Target.Parameter> query(String query) {
    requireAllowed(query, QUERY_ALLOWED);
    List<Target.Parameter> parameters = new ArrayList<>();
    for (String part : query.split("&", -1)) {
      int equals = part.indexOf('=');
      if (equals <= 0) {
        throw PercentCoding.bad(
            "parameter " + (parameters.size() + 1) + " of the query is not name=value");
      }
      String raw = part.substring(equals + 1);
      parameters.add(new Target.Parameter(
          PercentCoding.decode(part.substring(0, equals), false),
          raw,
          PercentCoding.decode(raw, true)));
    }
    return parameters;
  }

  private static void requireAllowed(String text, String allowed) {
    if (!text.chars().allMatch(c -> Grammar.isAlphanumeric(c) || allowed.indexOf(c) >= 0)) {
      throw PercentCoding.bad(
          "the target holds a character that must be escaped or is not allowed");
    }
  }
}
