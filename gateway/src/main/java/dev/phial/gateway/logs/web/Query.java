package dev.phial.gateway.logs.web;

import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A query: parameters of known names, whose values are masked as fields are. Others are refused. */
final class Query {
  private final List<LogEvent> parameters = new ArrayList<>();

  Query(String query, Set<String> known) {
    for (String parameter : query.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
        if (!known.contains(name)) {
          throw WebRefusal.malformed("a query parameter is not one of " + String.join(", ", known));
        }
        String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
        parameters.add(new LogEvent(name, value.getBytes(StandardCharsets.UTF_8)));
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw WebRefusal.malformed("the query is not percent-encoded as it must be");
    }
  }

  List<LogEvent> events() {
    return parameters;
  }

  /** The query with a question mark before it; empty without parameters. A value that the policy drops is empty. */
  String masked(List<Masked> masked) {
    StringBuilder query = new StringBuilder();
    for (int i = 0; i < parameters.size(); i++) {
      byte[] value = masked.get(i) instanceof Masked.Event event ? event.content() : new byte[0];
      query
          .append(i == 0 ? '?' : '&')
          .append(parameters.get(i).key())
          .append('=')
          .append(
              URLEncoder.encode(new String(value, StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }
    return query.toString();
  }
}
