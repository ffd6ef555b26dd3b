package dev.phial.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What of a response's header goes to the client: little, by name; the rest stays here. */
final class ResponseFields {
  private static final List<String> ANSWERED = List.of("ETag", "Last-Modified");
  private static final List<String> LOCATIONS = List.of("Location", "Content-Location");

  private final RouteTable table;
  private final String authority;

  /**
   * @param table the routes, since a location is told only when it lies on one
   * @param authority the upstream's own authority, which a location may name
   */
  ResponseFields(RouteTable table, String authority) {
    this.table = table;
    this.authority = authority;
  }

  /** The head of the answer, made anew. */
  byte[] head(ResponseHead head, String requestId, BodyLength body, boolean zero, boolean close) {
    StringBuilder text = statusLine(head.status());
    if (!body.empty()) {
      head.fields()
          .first("Content-Type")
          .ifPresent(value -> Framing.field(text, "Content-Type", value));
    }
    for (String name : ANSWERED) {
      head.fields().first(name).ifPresent(value -> Framing.field(text, name, value));
    }
    for (String name : LOCATIONS) {
      head.fields()
          .first(name)
          .flatMap(this::own)
          .ifPresent(value -> Framing.field(text, name, value));
    }
    return end(text, requestId, body, zero, close);
  }

  static StringBuilder statusLine(int status) {
    return new StringBuilder(512)
        .append("HTTP/1.1 ")
        .append(status)
        .append(' ')
        .append(HttpResponseStatus.valueOf(status).reasonPhrase())
        .append("\r\n");
  }

  /** Revealed values must not stay in any cache. */
  static byte[] end(
      StringBuilder head, String requestId, BodyLength body, boolean zero, boolean close) {
    Framing.field(head, "Cache-Control", "no-store");
    Framing.field(head, "Phial-Request-Id", requestId);
    Framing.length(head, body, zero);
    if (close) {
      Framing.field(head, "Connection", "close");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * A location in the gateway's own terms: a path on a route. One that lies elsewhere, has a query, or holds a protected
   * segment is not told.
   */
  private Optional<String> own(String location) {
    try {
      URI uri = new URI(location);
      boolean ours =
          uri.getRawAuthority() == null || authority.equalsIgnoreCase(uri.getRawAuthority());
      String path = uri.getRawPath();
      return ours
              && path != null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null
              && onRoute(path)
          ? Optional.of(path)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private boolean onRoute(String path) {
    try {
      return table
          .first(TargetParser.segments(path))
          .filter(route -> !route.protectsPath())
          .isPresent();
    } catch (Refusal notInTheOneForm) {
      return false;
    }
  }
}
