package dev.phial.gateway.grpc;

import java.time.Duration;

/**
 * What one connection and one call may take.
 *
 * @param maxMessageBytes one request
 * @param maxMetadataBytes all metadata of a call together, as HTTP/2 counts it
 * @param callsPerConnection calls at a time on one connection; more wait at the client
 * @param resetsPerWindow RST_STREAM frames that a client may send in {@code resetWindow} before it is disconnected (rapid
 *     reset, CVE-2023-44487)
 * @param resetWindow see {@code resetsPerWindow}; whole seconds
 * @param keepAliveTime after so long without a frame the client is asked whether it is still there
 * @param keepAliveTimeout how long it may take to answer that
 * @param permitKeepAliveTime a client that asks more often than this is disconnected
 * @param maxConnectionIdle a connection without calls is closed after this
 */
public record GrpcLimits(
    int maxMessageBytes,
    int maxMetadataBytes,
    int callsPerConnection,
    int resetsPerWindow,
    Duration resetWindow,
    Duration keepAliveTime,
    Duration keepAliveTimeout,
    Duration permitKeepAliveTime,
    Duration maxConnectionIdle) {
  public static final GrpcLimits DEFAULTS = new GrpcLimits(
      16 << 20,
      8 << 10,
      100,
      200,
      Duration.ofSeconds(30),
      Duration.ofMinutes(2),
      Duration.ofSeconds(20),
      Duration.ofSeconds(30),
      Duration.ofMinutes(15));
}
