package dev.phial.gateway.http;

/** Writes header lines. */
final class Framing {
  private Framing() {}

  static void field(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  /**
   * Says how long a body is.
   *
   * @param zero whether to say that it is empty
   */
  static void length(StringBuilder head, BodyLength body, boolean zero) {
    if (body instanceof BodyLength.Fixed fixed) {
      field(head, "Content-Length", String.valueOf(fixed.bytes()));
    } else if (body instanceof BodyLength.Chunked) {
      field(head, "Transfer-Encoding", "chunked");
    } else if (zero) {
      field(head, "Content-Length", "0");
    }
  }
}
