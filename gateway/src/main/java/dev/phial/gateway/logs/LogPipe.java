package dev.phial.gateway.logs;

import dev.phial.gateway.logs.forward.Forwarder;
import dev.phial.gateway.logs.net.Receiver;

/**
 * One receiver of the configuration.
 *
 * @param name its name
 * @param receiver where its logs come in
 * @param forwarder delivers what it has buffered
 */
public record LogPipe(String name, Receiver receiver, Forwarder forwarder) {}
