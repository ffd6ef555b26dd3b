package dev.phial.gateway.http;

import dev.phial.gateway.policy.HttpRoute.Content;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error: an OperationOutcome where FHIR is spoken, a problem of RFC 9457 elsewhere.
 *
 * @param type the media type
 * @param json the body
 */
record ErrorBody(String type, String json) {

  /**
   * @param content what the route speaks, null before there is a route
   */
  static ErrorBody of(Refusal refusal, String requestId, @Nullable Content content) {
    return content == Content.FHIR_JSON ? outcome(refusal, requestId) : problem(refusal, requestId);
  }

  private static ErrorBody outcome(Refusal refusal, String requestId) {
    return new ErrorBody(
        "application/fhir+json",
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":"
            + quoted(issue(refusal.status())) + ",\"details\":{\"text\":"
            + quoted(refusal.code()) + "},\"diagnostics\":"
            + quoted(refusal.text() + " [request " + requestId + "]") + "}]}");
  }

  /** Codes of the value set IssueType. */
  private static String issue(int status) {
    return switch (status) {
      case 401 -> "login";
      case 403 -> "forbidden";
      case 404 -> "not-found";
      case 405, 415, 501, 505 -> "not-supported";
      case 408, 504 -> "timeout";
      case 413, 431 -> "too-long";
      case 400, 417 -> "invalid";
      case 422 -> "value";
      case 502, 503 -> "transient";
      default -> "exception";
    };
  }

  private static ErrorBody problem(Refusal refusal, String requestId) {
    return new ErrorBody(
        "application/problem+json",
        "{\"type\":" + quoted("https://phial.dev/problems/" + refusal.code()) + ",\"title\":"
            + quoted(HttpResponseStatus.valueOf(refusal.status()).reasonPhrase())
            + ",\"status\":" + refusal.status() + ",\"detail\":" + quoted(refusal.text())
            + ",\"requestId\":" + quoted(requestId) + "}");
  }

  byte[] bytes() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else {
        quoted.append(c < 0x20 ? ' ' : c);
      }
    }
    return quoted.append('"').toString();
  }
}
