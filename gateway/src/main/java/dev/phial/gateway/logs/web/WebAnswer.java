package dev.phial.gateway.logs.web;

import java.nio.charset.StandardCharsets;

/** An answer to a sender. */
@SuppressWarnings("ArrayRecordComponent") // made here, written once
record WebAnswer(int status, String type, byte[] body) {
  private static final String JSON = "application/json";

  static WebAnswer json(int status, String body) {
    return new WebAnswer(status, JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  static WebAnswer empty(int status) {
    return new WebAnswer(status, "", new byte[0]);
  }

  @Override
  public String toString() {
    return "WebAnswer[" + status + "]";
  }
}
