package dev.phial.kms.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A small file that is there whole or not at all, whatever is killed and when, and that only its owner may read from the
 * first byte on. One writer at a time: the caller holds a lock.
 *
 * @param path the file
 */
record DurableFile(Path path) {
  private static final FileAttribute<?> FILE_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> DIRECTORY_MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Makes the directory of a file, durably and for its owner only, if there is none. */
  static Path directoryOf(Path path) throws IOException {
    Path directory = path.toAbsolutePath().resolveSibling("").normalize();
    Path parent = directory.getParent();
    if (parent != null && Files.notExists(directory)) {
      directoryOf(directory);
      createDirectory(directory);
      sync(parent);
    }
    return directory;
  }

  private static void createDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, DIRECTORY_MODE);
    } catch (FileAlreadyExistsException e) {
      // Another process was faster, which is as good; if it is a file, what comes next fails and
      // says so.
      return;
    }
  }

  /** A name is durable only when its directory is. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  void write(byte[] content) throws IOException {
    Path directory = directoryOf(path);
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    // What a killed process has left. It was never the file.
    Files.deleteIfExists(temporary);
    try (FileChannel channel = FileChannel.open(
        temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FILE_MODE)) {
      ByteBuffer remaining = ByteBuffer.wrap(content);
      while (remaining.hasRemaining()) {
        channel.write(remaining);
      }
      channel.force(true);
    }
    Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
    sync(directory);
  }
}
