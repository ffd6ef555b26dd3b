package dev.phial.gateway.http;

/**
 * The head of an upstream's response whose framing is beyond doubt.
 *
 * @param status 200 to 599
 * @param fields the header fields
 * @param body how long the body is
 * @param close whether the upstream closes the connection after it
 */
record ResponseHead(int status, Fields fields, BodyLength body, boolean close) {
  @Override
  public String toString() {
    return "ResponseHead[" + status + "]";
  }
}
