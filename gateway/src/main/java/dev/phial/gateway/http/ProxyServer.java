package dev.phial.gateway.http;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The HTTP/1.1 reverse proxy. Thread-safe. */
public final class ProxyServer {
  private final ProxySettings settings;
  private final ProxyParts parts;

  public ProxyServer(ProxySettings settings, ProxyParts parts) {
    this.settings = settings;
    this.parts = parts;
  }

  /** Starts to listen. The stage gives the bound address, or fails when it cannot be bound. */
  public CompletionStage<SocketAddress> start() {
    return CompletableFuture.failedFuture(new IllegalStateException(
        "to come: " + settings.listen() + parts.upstreams().size()));
  }

  /**
   * Stops to accept, lets requests under way end, and closes. The stage completes when all is closed, at the latest after
   * {@code grace}.
   */
  public CompletionStage<Void> stop(Duration grace) {
    return CompletableFuture.failedFuture(new IllegalStateException("to come: " + grace));
  }
}
