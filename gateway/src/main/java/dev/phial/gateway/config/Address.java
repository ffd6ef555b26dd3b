package dev.phial.gateway.config;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where to listen: {@code host:port}, {@code [ipv6]:port} or {@code unix:/path}. */
public sealed interface Address {
  Pattern TCP = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");

  /** Whether only processes of this machine can connect, so that plaintext may be spoken. */
  boolean local();

  /**
   * A TCP port; 0 for any free one.
   *
   * @param host a name or an address, IPv6 without brackets
   */
  record Tcp(String host, int port) implements Address {

    /** Decided by the text alone: what a name resolves to can change after the check. */
    @Override
    public boolean local() {
      return host.equals("localhost")
          || host.equals("::1")
          || host.matches("127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])){3}");
    }

    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /** A Unix domain socket. */
  record Unix(Path path) implements Address {
    @Override
    public boolean local() {
      return true;
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when it is not one
   */
  static Address parse(String text) {
    if (text.startsWith("unix:/")) {
      return new Unix(Path.of(text.substring("unix:".length())));
    }
    Matcher tcp = TCP.matcher(text);
    if (!tcp.matches() || Integer.parseInt(tcp.group(2)) > 65_535) {
      throw new IllegalArgumentException("must be host:port, [ipv6]:port or unix:/absolute/path");
    }
    return new Tcp(tcp.group(1).replaceAll("[\\[\\]]", ""), Integer.parseInt(tcp.group(2)));
  }
}
