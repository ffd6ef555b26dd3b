package dev.phial.gateway.logs.net;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Where logs come in. Starts once and stops once. Thread-safe. */
public interface Receiver {

  /** Starts to listen; gives the bound address, or fails when it cannot be bound. */
  CompletionStage<SocketAddress> start();

  /** Takes nothing new, lets what has come be buffered, for {@code grace} at most, and closes. */
  CompletionStage<Void> stop(Duration grace);
}
