package dev.phial.gateway.grpc;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a gRPC server is: {@code host:port}, {@code [ipv6]:port} or {@code unix:/path}. */
public sealed interface GrpcAddress {

  /** Whether only processes of this machine can reach it, so that plaintext may be spoken. */
  boolean local();

  SocketAddress socketAddress();

  /**
   * A TCP port.
   *
   * @param host a name or an address, IPv6 without brackets
   * @param port 0 to 65535; 0 for a server: any free one
   */
  record Tcp(String host, int port) implements GrpcAddress {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|::1|127(\\.[0-9]{1,3}){3}");

    /** Decided by the text alone: what a name resolves to may change after the check. */
    @Override
    public boolean local() {
      return LOOPBACK.matcher(host).matches();
    }

    @Override
    public SocketAddress socketAddress() {
      return new InetSocketAddress(host, port);
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** A Unix domain socket. */
  record Unix(Path path) implements GrpcAddress {
    @Override
    public boolean local() {
      return true;
    }

    @Override
    public SocketAddress socketAddress() {
      return UnixDomainSocketAddress.of(path);
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is none
   */
  static GrpcAddress parse(String text) {
    if (text.startsWith("unix:") && text.length() > "unix:".length()) {
      return new Unix(Path.of(text.substring("unix:".length())));
    }
    Matcher tcp = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})")
        .matcher(text);
    if (!tcp.matches() || Integer.parseInt(tcp.group(3)) > 65_535) {
      throw new IllegalArgumentException("an address is host:port, [ipv6]:port or unix:/path");
    }
    return new Tcp(
        tcp.group(1) != null ? tcp.group(1) : tcp.group(2), Integer.parseInt(tcp.group(3)));
  }
}
