package dev.phial.gateway.http;

import dev.phial.gateway.transform.TransformLimits;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is set of the HTTP listener.
 *
 * @param listen where to listen: an {@link InetSocketAddress} or a {@link UnixDomainSocketAddress}
 * @param tls for TLS, otherwise null; without it only loopback addresses and Unix domain sockets are accepted
 * @param maxConnections most client connections at a time; more are closed at once
 * @param timeouts how long anything may take
 * @param bodies bounds on bodies, in both directions
 */
public record ProxySettings(
    SocketAddress listen,
    @Nullable SslContext tls,
    int maxConnections,
    Timeouts timeouts,
    TransformLimits bodies) {

  /**
   * How long anything may take.
   *
   * @param head from the end of the last answer, or from connecting, to the end of the next request's head
   * @param body how long a body may bring less than 1 KiB
   * @param write how long a peer may not take what is written to it
   * @param connect to connect to an upstream, TLS included, or to wait for a connection to come free
   * @param response from the end of the request to the end of the response's head, and between parts of its body
   * @param idle how long an unused connection to an upstream is kept; shorter than the upstream keeps it
   */
  public record Timeouts(
      Duration head,
      Duration body,
      Duration write,
      Duration connect,
      Duration response,
      Duration idle) {
    public static final Timeouts DEFAULT = new Timeouts(
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(10));
  }

  public ProxySettings {
    if (tls == null && !local(listen)) {
      throw new IllegalArgumentException(
          "listening without TLS is for loopback addresses and Unix domain sockets only: set tls, or another address");
    }
  }

  /** Settings with default timeouts and limits. */
  public static ProxySettings of(SocketAddress listen, @Nullable SslContext tls) {
    return new ProxySettings(listen, tls, 10_000, Timeouts.DEFAULT, TransformLimits.DEFAULT);
  }

  private static boolean local(SocketAddress address) {
    return address instanceof UnixDomainSocketAddress
        || (address instanceof InetSocketAddress inet
            && !inet.isUnresolved()
            && inet.getAddress().isLoopbackAddress());
  }
}
