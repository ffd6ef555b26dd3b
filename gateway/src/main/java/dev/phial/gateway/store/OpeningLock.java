package dev.phial.gateway.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One opening of a database at a time, over all processes of the machine. SQLite does not wait when a new file is switched
 * to write-ahead logging while another looks at it, whatever the busy timeout: of several that start for the first time
 * together one would fail.
 *
 * <p>The operating system lets go when a process dies; the empty lock file stays and means nothing.
 */
final class OpeningLock {
  // The operating system's lock belongs to the process and goes with any channel to the file: the
  // threads of one process take turns at the whole of it.
  private static final ReentrantLock THREADS = new ReentrantLock();

  private OpeningLock() {}

  /** Waits for its turn and does the work. */
  static <T> T around(Path database, Opening<T> work) throws IOException, SQLException {
    THREADS.lock();
    try (FileChannel channel = lockFile(database)) {
      channel.lock();
      return work.open();
    } finally {
      THREADS.unlock();
    }
  }

  private static FileChannel lockFile(Path database) throws IOException {
    return FileChannel.open(
        database.resolveSibling(database.getFileName() + ".lock"),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /** What is done in its turn. */
  @FunctionalInterface
  interface Opening<T> {
    T open() throws SQLException;
  }
}
