package dev.phial.gateway.http;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of a Unix domain socket. */
final class SocketFile {
  private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);

  private SocketFile() {}

  /** Removes the file, when the address has one. */
  static void remove(SocketAddress address) {
    if (address instanceof UnixDomainSocketAddress unix) {
      try {
        Files.deleteIfExists(unix.getPath());
      } catch (IOException e) {
        LOG.warn(
            "the socket file {} could not be removed: {}",
            unix.getPath(),
            e.getClass().getSimpleName());
      }
    }
  }
}
