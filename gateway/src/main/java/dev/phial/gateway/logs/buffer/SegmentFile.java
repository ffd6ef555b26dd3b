package dev.phial.gateway.logs.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * One file of a buffer: a head of 16 bytes ({@code PHIALLOG}, version, zero, CRC-32C of both) and records. Written by one
 * thread, read by another up to where the first says; both at positions of their own.
 */
final class SegmentFile implements AutoCloseable {
  static final int HEAD_BYTES = 16;
  private static final byte[] MAGIC = "PHIALLOG".getBytes(StandardCharsets.US_ASCII);
  private static final short VERSION = 1;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final Set<OpenOption> OLD =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path path;
  private final FileChannel channel;

  private SegmentFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static SegmentFile create(Path path) throws IOException {
    Files.deleteIfExists(path); // what a full disk left of an earlier try
    SegmentFile file = new SegmentFile(path, FileChannel.open(path, NEW, OWNER_ONLY));
    try {
      file.write(0, head());
      return file;
    } catch (IOException e) {
      file.close();
      Files.deleteIfExists(path);
      throw e;
    }
  }

  static SegmentFile open(Path path) throws IOException {
    return new SegmentFile(path, FileChannel.open(path, OLD));
  }

  private static ByteBuffer head() {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES);
    head.put(MAGIC).putShort(VERSION).putShort((short) 0);
    return head.putInt(checksum(head)).flip();
  }

  Path path() {
    return path;
  }

  long size() throws IOException {
    return channel.size();
  }

  void write(long position, ByteBuffer bytes) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  void truncate(long size) throws IOException {
    channel.truncate(size);
  }

  void force() throws IOException {
    channel.force(false);
  }

  /**
   * Whether the file begins as a segment of this version does.
   *
   * @throws IOException when it is of another version, which must not be taken for damage
   */
  boolean readable() throws IOException {
    if (channel.size() < HEAD_BYTES) {
      return false;
    }
    ByteBuffer head = ByteBuffer.wrap(bytes(0, HEAD_BYTES));
    short version = head.getShort(MAGIC.length);
    if (head.getInt(HEAD_BYTES - 4) == checksum(head) && version != VERSION) {
      throw new IOException(path.getFileName() + " is of version " + version
          + "; let the Phial that wrote it deliver it first");
    }
    return head.equals(head());
  }

  private static int checksum(ByteBuffer head) {
    CRC32C crc = new CRC32C();
    crc.update(head.slice(0, HEAD_BYTES - 4));
    return (int) crc.getValue();
  }

  /**
   * The payload of the record at {@code offset}.
   *
   * @param end where the file's records end
   * @return empty when what is there is no whole record
   */
  Optional<byte[]> payload(long offset, long end) throws IOException {
    if (end - offset < ParcelFormat.HEAD_BYTES) {
      return Optional.empty();
    }
    ByteBuffer head = ByteBuffer.wrap(bytes(offset, ParcelFormat.HEAD_BYTES));
    int length = head.getInt();
    int checksum = head.getInt();
    long left = end - offset - ParcelFormat.HEAD_BYTES;
    if (length < 0 || length > ParcelFormat.MOST_BYTES || length > left) {
      return Optional.empty();
    }
    byte[] payload = bytes(offset + ParcelFormat.HEAD_BYTES, length);
    return checksum == ParcelFormat.checksum(payload, 0, length)
        ? Optional.of(payload)
        : Optional.empty();
  }

  /** Where the last whole record ends, reading from the beginning. */
  long validEnd() throws IOException {
    long size = size();
    long at = HEAD_BYTES;
    for (Optional<byte[]> next = payload(at, size); next.isPresent(); next = payload(at, size)) {
      at += ParcelFormat.HEAD_BYTES + next.get().length;
    }
    return at;
  }

  private byte[] bytes(long position, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, position + bytes.position()) < 0) {
        throw new IOException("a file of the log buffer became shorter while it was read");
      }
    }
    return bytes.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
