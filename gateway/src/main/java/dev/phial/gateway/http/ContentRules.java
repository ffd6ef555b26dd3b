package dev.phial.gateway.http;

import dev.phial.gateway.policy.HttpRoute.Content;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What bodies may say of themselves: the route's kind, UTF-8, not encoded (T28, T31). */
final class ContentRules {
  private static final Set<String> JSON = Set.of("application/json");
  private static final Set<String> FHIR = Set.of("application/fhir+json", "application/json");
  private static final Set<String> PARAMETERS = Set.of("charset=utf-8", "charset=\"utf-8\"");

  private ContentRules() {}

  static void checkRequest(Fields fields, Content content) {
    if (fields.has("content-encoding")) {
      throw new Refusal(
          415, "content-encoding", "bodies with a Content-Encoding are not taken; send it plainly");
    }
    if (!is(fields.first("content-type"), content)) {
      throw new Refusal(
          415, "content-type", "the route takes " + names(content) + " in UTF-8 only");
    }
  }

  static void checkResponse(Fields fields, Content content) {
    if (fields.all("content-encoding").stream()
        .anyMatch(value -> !value.equalsIgnoreCase("identity"))) {
      throw new Refusal(
          502,
          "upstream-content-encoding",
          "the upstream answered with a Content-Encoding, though it was asked not to");
    }
    if (fields.all("content-type").size() > 1 || !is(fields.first("content-type"), content)) {
      throw new Refusal(
          502,
          "upstream-content-type",
          "the upstream answered with something else than " + names(content));
    }
    if (fields.has("content-range")) {
      throw new Refusal(502, "upstream-range", "the upstream answered with a part");
    }
  }

  private static boolean is(Optional<String> type, Content content) {
    if (type.isEmpty()) {
      return false;
    }
    String[] parts = type.get().toLowerCase(Locale.ROOT).split(";", -1);
    Set<String> kinds = content == Content.FHIR_JSON ? FHIR : JSON;
    if (!kinds.contains(parts[0].strip())) {
      return false;
    }
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      // FHIR's own version parameter says nothing of how bytes are to be read.
      if (!PARAMETERS.contains(parameter) && !parameter.matches("fhirversion=[0-9.]{1,10}")) {
        return false;
      }
    }
    return true;
  }

  private static String names(Content content) {
    return content == Content.FHIR_JSON
        ? "application/fhir+json or application/json"
        : "application/json";
  }
}
