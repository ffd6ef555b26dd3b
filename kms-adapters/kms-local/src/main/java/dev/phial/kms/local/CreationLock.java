package dev.phial.kms.local;

import dev.phial.kms.KmsUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Set;

/**
 * Held while a keystore is created, so that of two processes that start for the first time together one creates and the
 * other finds. The operating system releases it when a process dies; the empty file stays and means nothing.
 *
 * @param keystore what is created
 */
record CreationLock(Path keystore) {
  /** What happens under the lock. */
  interface Step {
    void run() throws IOException, GeneralSecurityException;
  }

  /** Waits for another process; refuses another thread of this one. */
  void hold(Step step) throws IOException, GeneralSecurityException {
    DurableFile.directoryOf(keystore);
    try (FileChannel channel = FileChannel.open(
        keystore.resolveSibling(keystore.getFileName() + ".lock"),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.lock();
      step.run();
    } catch (OverlappingFileLockException e) {
      throw KmsUnavailableException.passing(
          "keystore " + keystore + " is being created by another thread", e);
    }
  }
}
