package dev.phial.benchmarks.rotation;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.locks.LockSupport;

/** Ports of this machine. */
final class Ports {
  private static final long PAUSE_NANOS = 100_000_000;

  private Ports() {}

  /** One that nobody listens on at this moment. */
  static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** A tenth of a second. */
  static void pause() {
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
