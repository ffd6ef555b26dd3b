package dev.phial.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What of a request's header goes to the upstream: little, by name; the rest stays here. */
final class RequestFields {
  private static final List<String> FORWARDED = List.of(
      "Accept",
      "Accept-Language",
      "Content-Type",
      "If-Match",
      "If-None-Match",
      "If-Modified-Since",
      "Prefer",
      "User-Agent",
      "traceparent",
      "tracestate");

  /** They change what the request means, or carry a search with PHI in it: to leave them out silently would be wrong. */
  private static final Set<String> REFUSED =
      Set.of("If-None-Exist", "If-Unmodified-Since", "If-Range", "Range");

  private RequestFields() {}

  static void check(RequestHead head) {
    for (String name : REFUSED) {
      if (head.fields().has(name)) {
        throw new Refusal(400, "header", "the header " + name + " is not served");
      }
    }
  }

  /** The head of the upstream's request, made anew. */
  static byte[] head(RequestHead head, String target, String authority, BodyLength body) {
    StringBuilder text = new StringBuilder(512)
        .append(head.method())
        .append(' ')
        .append(target)
        .append(" HTTP/1.1\r\nHost: ")
        .append(authority)
        .append("\r\n");
    for (String name : FORWARDED) {
      if (!name.equals("Content-Type") || !body.empty()) {
        head.fields().first(name).ifPresent(value -> Framing.field(text, name, value));
      }
    }
    Framing.field(text, "Accept-Encoding", "identity");
    Framing.length(text, body, !head.body().empty() || takesBody(head.method()));
    return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static boolean takesBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }
}
