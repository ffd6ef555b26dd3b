package dev.phial.gateway.config;

/**
 * How the gateway is administered, over the listener {@code listeners.admin}.
 *
 * @param auth how administrators prove who they are; shares no trust with {@link GatewayConfig#auth()}
 */
public record Admin(Auth auth) {}
