package dev.phial.gateway.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From a response's head to what it means for the connection; as strict with upstreams as with clients. */
final class ResponseFraming {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) ([1-5][0-9]{2})(?: .*)?");

  private ResponseFraming() {}

  /**
   * @param bodiless whether the request was HEAD, so that lengths are told but no body comes
   */
  static ResponseHead of(HeadReader.Head head, boolean bodiless) {
    Matcher line = STATUS.matcher(head.startLine());
    if (!line.matches()) {
      throw FramingException.of("9112, section 4", "the status line is malformed");
    }
    int status = Integer.parseInt(line.group(2));
    if (status == 101) {
      throw FramingException.of("9110, section 7.8", "the upstream switched protocols unasked");
    }
    Fields fields = head.fields();
    boolean close = line.group(1).equals("0")
        || fields.all("connection").stream()
            .anyMatch(value -> value.toLowerCase(java.util.Locale.ROOT).contains("close"));
    boolean none = bodiless || status < 200 || status == 204 || status == 304;
    return new ResponseHead(status, fields, none ? BodyLength.none() : bodyLength(fields), close);
  }

  private static BodyLength bodyLength(Fields fields) {
    List<String> lengths = fields.all("content-length");
    List<String> codings = fields.all("transfer-encoding");
    if (lengths.isEmpty() == codings.isEmpty()) {
      // A body that lasts until the connection closes cannot be told from one that was cut off.
      throw FramingException.of(
          "9112, section 6.3", "there must be either Content-Length or Transfer-Encoding");
    }
    return codings.isEmpty() ? RequestFraming.fixed(lengths) : RequestFraming.chunked(codings);
  }
}
