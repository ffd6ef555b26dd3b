package dev.phial.gateway;

import dev.phial.gateway.config.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;

/** Configured addresses as sockets take them. Names are resolved here, once. */
final class Addresses {
  private Addresses() {}

  static SocketAddress of(String setting, Address address) {
    return address instanceof Address.Unix unix
        ? UnixDomainSocketAddress.of(unix.path())
        : tcp(setting, address);
  }

  /**
   * A TCP address.
   *
   * @throws IllegalArgumentException when it is a Unix socket or does not resolve
   */
  static InetSocketAddress tcp(String setting, Address address) {
    if (!(address instanceof Address.Tcp tcp)) {
      throw new IllegalArgumentException(
          setting + ".address: this listener needs host:port, not a Unix socket");
    }
    try {
      return new InetSocketAddress(InetAddress.getByName(tcp.host()), tcp.port());
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          setting + ": the host " + tcp.host() + " does not resolve", e);
    }
  }
}
