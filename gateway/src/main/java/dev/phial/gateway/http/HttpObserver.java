package dev.phial.gateway.http;

import java.time.Duration;

/** Is told what the HTTP channel does, for metrics. Called on event loops: must be quick and must not throw. */
public interface HttpObserver {
  /** Tells nobody. */
  HttpObserver NONE = new HttpObserver() {};

  /** A client connected. */
  default void connectionOpened() {}

  /** A client's connection ended. */
  default void connectionClosed() {}

  /**
   * A request was answered.
   *
   * @param answer route, status and reason
   * @param took from the end of the request's head to the last byte of the answer handed to the network
   */
  default void answered(Answer answer, Duration took) {}

  /**
   * What was answered.
   *
   * @param route the route's pattern, or {@code none}
   * @param method the request's method when the route takes it, or {@code other}
   * @param status the status of the answer
   * @param reason {@code ok}, or the name of the refusal
   */
  record Answer(String route, String method, int status, String reason) {}
}
