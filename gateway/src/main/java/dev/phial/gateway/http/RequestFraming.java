package dev.phial.gateway.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** From a request's head to what it means for the connection; anything with two meanings is refused. */
final class RequestFraming {
  private static final Set<String> WITHOUT_BODY =
      Set.of("GET", "HEAD", "DELETE", "OPTIONS", "TRACE");
  private static final Set<String> ONCE = Set.of(
      "authorization", "content-type", "expect", "phial-purpose", "if-match", "if-none-match");
  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");

  private RequestFraming() {}

  static RequestHead of(HeadReader.Head head) {
    String[] line = requestLine(head.startLine());
    Fields fields = head.fields();
    requireHost(fields);
    requireOnce(fields);
    refuseUpgrade(fields);
    BodyLength body = bodyLength(fields);
    if (WITHOUT_BODY.contains(line[0]) && (!body.empty() || fields.has("transfer-encoding"))) {
      throw FramingException.of("9110, section 9.3", "a " + line[0] + " request has a body");
    }
    return new RequestHead(line[0], line[1], fields, body, close(fields), expectsContinue(fields));
  }

  private static String[] requestLine(String line) {
    String[] parts = line.split(" ", -1);
    if (parts.length != 3 || line.indexOf('\t') >= 0) {
      throw FramingException.of(
          "9112, section 3", "the request line is not method, target and version");
    }
    if (!Grammar.isToken(parts[0]) || parts[0].length() > 20) {
      throw FramingException.of("9110, section 9.1", "the method is not a token");
    }
    requireVersion(parts[2]);
    requireOriginForm(parts[0], parts[1]);
    return parts;
  }

  private static void requireVersion(String version) {
    if (!VERSION.matcher(version).matches()) {
      throw FramingException.of("9112, section 2.3", "the HTTP version is malformed");
    }
    if (!version.equals("HTTP/1.1")) {
      throw FramingException.of(505, "the HTTP version is not HTTP/1.1");
    }
  }

  private static void requireOriginForm(String method, String target) {
    if (method.equals("CONNECT")) {
      throw FramingException.of("9112, section 3.2.3", "CONNECT is not served");
    }
    if (!target.startsWith("/")) {
      throw FramingException.of(
          "9112, section 3.2", "the target is not in origin form: it must begin with a slash");
    }
  }

  private static void requireHost(Fields fields) {
    List<String> hosts = fields.all("host");
    if (hosts.size() != 1) {
      throw FramingException.of("9112, section 3.2", "there must be one Host field");
    }
    if (!Grammar.isHost(hosts.get(0))) {
      throw FramingException.of("9110, section 7.2", "the Host field is not a host and a port");
    }
  }

  private static void requireOnce(Fields fields) {
    for (String name : ONCE) {
      if (fields.all(name).size() > 1) {
        throw FramingException.of("9110, section 5.3", "there is more than one " + name + " field");
      }
    }
  }

  private static void refuseUpgrade(Fields fields) {
    if (fields.has("upgrade") || fields.has("http2-settings")) {
      throw FramingException.of("9110, section 7.8", "Upgrade is not served");
    }
    if (fields.has("trailer")) {
      throw FramingException.of("9112, section 7.1.2", "trailer fields are not served");
    }
  }

  private static BodyLength bodyLength(Fields fields) {
    List<String> lengths = fields.all("content-length");
    List<String> codings = fields.all("transfer-encoding");
    if (!lengths.isEmpty() && !codings.isEmpty()) {
      throw FramingException.of(
          "9112, section 6.1", "there are both Transfer-Encoding and Content-Length");
    }
    if (!codings.isEmpty()) {
      return chunked(codings);
    }
    return lengths.isEmpty() ? BodyLength.none() : fixed(lengths);
  }

  static BodyLength chunked(List<String> codings) {
    if (codings.size() != 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
      throw FramingException.of("9112, section 6.1", "Transfer-Encoding is not chunked, once");
    }
    return BodyLength.chunked();
  }

  static BodyLength fixed(List<String> lengths) {
    if (lengths.size() != 1) {
      throw FramingException.of("9112, section 6.3", "there is more than one Content-Length");
    }
    if (!Grammar.isLength(lengths.get(0))) {
      throw FramingException.of(
          "9110, section 8.6",
          "Content-Length is not a plain decimal number without leading zeros");
    }
    return BodyLength.of(Long.parseLong(lengths.get(0)));
  }

  private static boolean close(Fields fields) {
    boolean close = false;
    for (String value : fields.all("connection")) {
      for (String option : value.split(",", -1)) {
        switch (option.strip().toLowerCase(Locale.ROOT)) {
          case "close" -> close = true;
          case "keep-alive" -> {
            // as HTTP/1.1 does anyway
          }
          default ->
            throw FramingException.of(
                "9110, section 7.6.1", "Connection has an option other than close and keep-alive");
        }
      }
    }
    return close;
  }

  private static boolean expectsContinue(Fields fields) {
    Optional<String> expect = fields.first("expect");
    if (expect.isPresent() && !expect.get().equalsIgnoreCase("100-continue")) {
      throw FramingException.of(417, "Expect is not 100-continue");
    }
    return expect.isPresent();
  }
}
