package dev.phial.gateway;

import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.observe.Readiness;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * A running gateway. {@link #start} returns when it is ready; {@link #close} drains and returns when everything is closed. Both
 * block their caller.
 */
public final class Gateway implements AutoCloseable {
  private final Closing closing;
  private final Readiness readiness;
  private final Addresses addresses;

  Gateway(Closing closing, Readiness readiness, Addresses addresses) {
    this.closing = closing;
    this.readiness = readiness;
    this.addresses = addresses;
  }

  /**
   * Where a gateway listens.
   *
   * @param http the reverse proxy
   * @param grpc the gRPC services that protect and reveal
   * @param admin the gRPC service that administers; empty when the configuration has no listener for it
   * @param management health and metrics
   * @param logs the receivers of logs, by name
   */
  public record Addresses(
      SocketAddress http,
      SocketAddress grpc,
      Optional<SocketAddress> admin,
      InetSocketAddress management,
      Map<String, SocketAddress> logs) {
    public Addresses {
      logs = Map.copyOf(logs);
    }
  }

  /**
   * Starts a gateway.
   *
   * @throws GatewayStartException when it cannot start; whatever had been opened is closed again
   */
  public static Gateway start(GatewayConfig config) {
    Closing closing = new Closing();
    try {
      return new Wiring(config, closing).start();
    } catch (RuntimeException e) {
      closing.close();
      throw e instanceof GatewayStartException known
          ? known
          : new GatewayStartException(String.valueOf(e.getMessage()), e);
    }
  }

  public Addresses addresses() {
    return addresses;
  }

  public boolean ready() {
    return readiness.ready();
  }

  @Override
  public void close() {
    readiness.close();
    closing.close();
  }
}
