package dev.phial.gateway.config;

import java.time.Duration;

/**
 * What one request, one connection and one batch may take. Sizes in bytes.
 *
 * @param maxBody the body of an HTTP message or a gRPC message
 * @param maxHeader all header fields of an HTTP message together
 * @param maxRequestLine method, target and version of an HTTP request
 * @param maxValue one value of a data element
 * @param jsonDepth nested objects and arrays of a JSON body
 * @param jsonString one string of a JSON body, in characters
 * @param jsonTokens tokens of a JSON body: names, values, braces and brackets
 * @param batchItems values of one operation, whether they come in a gRPC batch or out of one body
 * @param connections open connections of one listener
 * @param headerTimeout from a connection's or request's first byte to its last header field
 * @param bodyTimeout from the last header field to the end of the body
 * @param idleTimeout a connection without a request
 * @param connectTimeout reaching an upstream
 * @param upstreamTimeout from the request's last byte to the end of the upstream's answer
 * @param drainTimeout finishing what runs when the gateway is told to stop
 */
public record Limits(
    int maxBody,
    int maxHeader,
    int maxRequestLine,
    int maxValue,
    int jsonDepth,
    int jsonString,
    int jsonTokens,
    int batchItems,
    int connections,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration idleTimeout,
    Duration connectTimeout,
    Duration upstreamTimeout,
    Duration drainTimeout) {
  private static final int KIB = 1 << 10;
  private static final int MIB = 1 << 20;

  /** The one place of all defaults; docs/configuration.md repeats them and a test compares. */
  public static final Limits DEFAULTS = new Limits(
      16 * MIB,
      16 * KIB,
      8 * KIB,
      MIB,
      200,
      8 * MIB,
      1_000_000,
      50_000,
      1_000,
      Duration.ofSeconds(10),
      Duration.ofSeconds(30),
      Duration.ofSeconds(60),
      Duration.ofSeconds(3),
      Duration.ofSeconds(30),
      Duration.ofSeconds(20));
}
