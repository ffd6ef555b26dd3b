package dev.phial.gateway.logs.web;

/** A destination's answer. */
@SuppressWarnings("ArrayRecordComponent") // read once
record Reply(int status, byte[] body) {
  boolean successful() {
    return status / 100 == 2;
  }

  @Override
  public String toString() {
    return "Reply[" + status + "]";
  }
}
