package dev.phial.gateway.grpc;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The file of a Unix socket that we listen on. */
final class SocketFile {
  private final Path path;

  SocketFile(Path path) {
    this.path = path;
  }

  /**
   * Makes room: removes what a killed process left behind, and nothing else.
   *
   * @throws IOException when the path is in use, or is not a socket
   */
  void clear() throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!isSocket()) {
      throw new IOException(
          path + " exists and is not a socket; name another path in listeners.grpc.address");
    }
    if (answers()) {
      throw new IOException(
          path
              + " is in use by a running process; stop it, or name another path in listeners.grpc.address");
    }
    Files.delete(path);
  }

  /** Only the owner may connect. Until this is called the process's umask decides, and the usual ones let no one else write. */
  void restrict() throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
  }

  void remove() throws IOException {
    Files.deleteIfExists(path);
  }

  private boolean isSocket() throws IOException {
    // S_IFSOCK of POSIX <sys/stat.h>: 0140000 under the mask 0170000.
    int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    return (mode & 0170000) == 0140000;
  }

  private boolean answers() {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      return channel.connect(UnixDomainSocketAddress.of(path));
    } catch (IOException refused) {
      return false;
    }
  }
}
