/**
 * The log gateway: logs come in over the protocols that log senders speak, are masked, and are forwarded over the same
 * protocol. Between the two lies a buffer on disk that holds masked bytes only.
 *
 * <p>Each receiver is one {@link dev.phial.gateway.logs.LogPipe}: a listener reads batches, the intake masks and buffers
 * them, the forwarder delivers them.
 */
@NullMarked
package dev.phial.gateway.logs;

import org.jspecify.annotations.NullMarked;
