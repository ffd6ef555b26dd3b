package dev.phial.gateway.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of the demonstration: the usual ones if nobody has them. */
final class Ports {
  private Ports() {}

  /** {@code wanted} when it is free on loopback, else 0, which means any. */
  static int freeOr(int wanted) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
      return wanted;
    } catch (IOException e) {
      return 0;
    }
  }
}
