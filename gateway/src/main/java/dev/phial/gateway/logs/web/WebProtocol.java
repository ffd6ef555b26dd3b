package dev.phial.gateway.logs.web;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What requests of one protocol mean. Thread-safe. */
interface WebProtocol {

  /** Answers a request of an authenticated sender. A stage that fails is answered with {@link #refusal}. */
  CompletionStage<WebAnswer> answer(WebRequest request);

  /** Header fields beside those that every answer has. */
  default Map<String, String> headers(WebAnswer answer) {
    return Map.of();
  }

  /** A refusal as the protocol says it. */
  default WebAnswer refusal(WebRefusal refusal) {
    return WebAnswer.json(
        refusal.status(),
        "{\"error\":\"" + refusal.text() + "\",\"status\":" + refusal.status() + "}");
  }
}
