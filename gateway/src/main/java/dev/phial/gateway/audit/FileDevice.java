package dev.phial.gateway.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file, readable and writable by its owner only, locked against a second gateway. Its directory is made when it is not
 * there.
 */
public final class FileDevice implements AuditDevice {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> CREATED_SO =
      PosixFilePermissions.asFileAttribute(OWNER_ONLY);
  private static final Set<OpenOption> OPEN =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final int MOST_ASIDE = 10_000;

  private final Path file;
  private final Path directory;
  private @Nullable FileChannel channel;

  public FileDevice(Path file) {
    this.file = file.toAbsolutePath();
    this.directory = Objects.requireNonNull(this.file.getParent(), "the audit log's directory");
  }

  @Override
  public void open() throws IOException {
    Files.createDirectories(directory);
    channel = FileChannel.open(file, OPEN, CREATED_SO);
    lock(channel);
    Files.setPosixFilePermissions(file, OWNER_ONLY);
    force(directory);
  }

  @Override
  public long size() throws IOException {
    return opened().size();
  }

  @Override
  public byte[] read(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (opened().read(bytes, position + bytes.position()) < 0) {
        throw new IOException("the audit log became shorter while it was read");
      }
    }
    return bytes.array();
  }

  @Override
  public void write(long position, ByteBuffer bytes) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += opened().write(bytes, at);
    }
    opened().force(false);
  }

  @Override
  public String setAside(long position) throws IOException {
    byte[] rest = read(position, Math.toIntExact(size() - position));
    Path place = newPlace(rest);
    opened().truncate(position);
    opened().force(true);
    return String.valueOf(place.getFileName());
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private FileChannel opened() throws IOException {
    if (channel == null) {
      throw new IOException("the audit log is not open");
    }
    return channel;
  }

  private Path newPlace(byte[] bytes) throws IOException {
    for (int n = 1; n <= MOST_ASIDE; n++) {
      Path place = file.resolveSibling(file.getFileName() + ".torn-" + n);
      try (FileChannel out = FileChannel.open(place, NEW, CREATED_SO)) {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
          out.write(left);
        }
        out.force(true);
        force(directory);
        return place;
      } catch (FileAlreadyExistsException e) {
        // an earlier crash has this number
      }
    }
    throw new IOException("there are too many torn pieces beside the audit log; move them away");
  }

  private static void lock(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // this process has it already, through another channel
    }
    channel.close();
    throw new IOException("another gateway writes this audit log; give each its own audit.file");
  }

  /** A file's name is durable only when its directory is. */
  private static void force(Path directory) throws IOException {
    try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
      names.force(true);
    }
  }
}
