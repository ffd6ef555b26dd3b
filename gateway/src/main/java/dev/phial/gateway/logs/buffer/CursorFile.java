package dev.phial.gateway.logs.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * Up to where everything has been delivered. Two slots of 32 bytes, written in turn, so that one is whole whenever the
 * process dies: sequence (8), segment (8), offset (8), version (4), CRC-32C of these (4). It is not forced to the disk: an
 * older cursor only means that something is delivered again.
 */
final class CursorFile implements AutoCloseable {
  private static final int SLOT_BYTES = 32;
  private static final int VERSION = 1;
  private static final Set<OpenOption> OPEN =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private record Slot(long sequence, Position position) {}

  private final FileChannel channel;
  private long sequence;

  private CursorFile(FileChannel channel) {
    this.channel = channel;
  }

  static CursorFile open(Path path) throws IOException {
    return new CursorFile(FileChannel.open(path, OPEN, OWNER_ONLY));
  }

  /** The last position that was written whole; the start when there is none. */
  Position read() throws IOException {
    Optional<Slot> first = slot(0);
    Optional<Slot> second = slot(1);
    Slot newest = first
        .filter(one -> second.isEmpty() || one.sequence() > second.get().sequence())
        .or(() -> second)
        .orElse(new Slot(0, Position.START));
    sequence = newest.sequence();
    return newest.position();
  }

  void write(Position position) throws IOException {
    sequence++;
    ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES)
        .putLong(sequence)
        .putLong(position.segment())
        .putLong(position.offset())
        .putInt(VERSION);
    slot.putInt(checksum(slot.array())).flip();
    long place = sequence % 2 * SLOT_BYTES;
    while (slot.hasRemaining()) {
      channel.write(slot, place + slot.position());
    }
  }

  private Optional<Slot> slot(int number) throws IOException {
    ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES);
    while (slot.hasRemaining()) {
      if (channel.read(slot, (long) number * SLOT_BYTES + slot.position()) < 0) {
        return Optional.empty();
      }
    }
    slot.flip();
    Slot read = new Slot(slot.getLong(), new Position(slot.getLong(), slot.getLong()));
    boolean whole = slot.getInt() == VERSION && slot.getInt() == checksum(slot.array());
    return whole ? Optional.of(read) : Optional.empty();
  }

  private static int checksum(byte[] slot) {
    CRC32C crc = new CRC32C();
    crc.update(slot, 0, SLOT_BYTES - 4);
    return (int) crc.getValue();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
