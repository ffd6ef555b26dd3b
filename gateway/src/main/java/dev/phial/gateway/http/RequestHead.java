package dev.phial.gateway.http;

/**
 * The head of a request whose framing is beyond doubt.
 *
 * @param method a token
 * @param target in origin form, not yet decoded
 * @param fields the header fields
 * @param body how long the body is
 * @param close whether the client wants the connection closed
 * @param expectsContinue whether the client waits for {@code 100 Continue}
 */
record RequestHead(
    String method,
    String target,
    Fields fields,
    BodyLength body,
    boolean close,
    boolean expectsContinue) {
  @Override
  public String toString() {
    return "RequestHead[" + method + "]";
  }
}
