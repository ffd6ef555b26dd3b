package dev.phial.gateway.grpc;

import java.time.Duration;

/**
 * The gRPC listener.
 *
 * @param address where; a Unix socket's file is made with mode 0600 and removed at the end
 * @param limits what one connection and one call may take
 * @param drain how long calls that run may take to finish when the server stops
 */
public record GrpcSettings(GrpcAddress address, GrpcLimits limits, Duration drain) {}
