package dev.phial.gateway.http;

import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A server behind the gateway. Connections are made to this address and to no other: it is resolved once, by whoever reads
 * the configuration.
 *
 * @param name its name in the configuration
 * @param address where it listens, resolved
 * @param authority what it is sent as {@code Host}, such as {@code ehr.internal:8080}; the host part is also what its
 *     certificate must be for
 * @param tls for connections with TLS, otherwise null
 * @param maxConnections most connections at a time, 1 or more
 */
public record Upstream(
    String name,
    InetSocketAddress address,
    String authority,
    @Nullable SslContext tls,
    int maxConnections) {
  public Upstream {
    if (address.isUnresolved() || maxConnections < 1) {
      throw new IllegalArgumentException(
          "upstream " + name + " needs an address that resolves and at least one connection");
    }
  }
}
