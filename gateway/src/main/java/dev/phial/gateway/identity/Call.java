package dev.phial.gateway.identity;

/**
 * One call by one caller for one purpose, over some channel.
 *
 * @param caller who calls
 * @param purpose the purpose of use of this call, an HL7 PurposeOfUse code that {@link Caller#purposes()} contains,
 *     or the empty string when the caller named none and has several
 * @param channel the channel's name for audit and metrics: {@code grpc}, {@code http}, {@code admin}
 * @param requestId identifies the call in audit and in error answers; made by the gateway, not by the caller
 */
public record Call(Caller caller, String purpose, String channel, String requestId) {}
