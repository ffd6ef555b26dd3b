package dev.phial.gateway.logs.buffer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of parcels in files: bounded, checksummed, readable only by its owner, locked against a second gateway.
 *
 * <p>Promises: a parcel whose {@link #append} completed survives the death of the process, and a loss of power once it was
 * forced to the disk ({@link BufferSettings#syncEvery}). Parcels come out in the order in which they were appended, again and
 * again until they are {@link #release released}; released space becomes free by whole files. A record that has been damaged
 * is never given out: the rest of its file is passed over, and counted.
 *
 * <p>{@link #append} is for any thread; {@link #read} and {@link #release} are for one.
 */
public final class DiskBuffer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DiskBuffer.class);

  private final BufferSettings settings;
  private final SegmentList segments;
  private final BufferWriter writer;
  private final FileChannel lock;
  private final CursorFile cursor;
  private final AtomicLong damaged = new AtomicLong();
  private volatile Position released;

  // The reader's own:
  private @Nullable SegmentFile open;
  private long openNumber;

  private DiskBuffer(BufferSettings settings, FileChannel lock, CursorFile cursor)
      throws IOException {
    this.settings = settings;
    this.lock = lock;
    this.cursor = cursor;
    this.released = cursor.read();
    this.segments = new SegmentList(settings.directory());
    this.writer = new BufferWriter(settings, segments);
  }

  /**
   * Opens a buffer, with what an earlier process left in it. Blocks while it reads.
   *
   * @throws BufferException when it cannot be opened
   */
  public static DiskBuffer open(BufferSettings settings) {
    try {
      Files.createDirectories(
          settings.directory(),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel lock = lock(settings.directory().resolve("lock"));
      try {
        return open(settings, lock);
      } catch (IOException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BufferException(
          false,
          "the log buffer of " + settings.name() + " cannot be opened: " + e.getMessage(),
          e);
    }
  }

  private static DiskBuffer open(BufferSettings settings, FileChannel lock) throws IOException {
    CursorFile cursor = CursorFile.open(settings.directory().resolve("cursor"));
    DiskBuffer buffer = new DiskBuffer(settings, lock, cursor);
    buffer.recover();
    buffer.writer.start();
    return buffer;
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock held = channel.tryLock();
      if (held != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // this process has it already, through another channel
    }
    channel.close();
    throw new IOException("another gateway uses it; give each its own logs.buffer.directory");
  }

  /** Takes over the files that are there. */
  private void recover() throws IOException {
    segments.sealed(released.segment());
    for (Path path : files()) {
      long number = SegmentList.number(path).orElseThrow();
      long end = end(path);
      if (end > 0) {
        segments.extended(number, end);
      } else {
        setAside(path);
      }
      segments.sealed(number);
    }
    cutTornEnd();
    removeBefore(released);
  }

  /** Where a file ends; 0 when it does not begin as a segment does. */
  private static long end(Path path) throws IOException {
    try (SegmentFile file = SegmentFile.open(path)) {
      return file.readable() ? file.size() : 0;
    }
  }

  private void setAside(Path path) throws IOException {
    if (Files.size(path) <= SegmentFile.HEAD_BYTES) {
      Files.delete(path); // begun by a process that died before it wrote into it
      return;
    }
    damaged.incrementAndGet();
    LOG.error("log buffer of {}: {} is damaged and set aside", settings.name(), path.getFileName());
    Files.move(path, path.resolveSibling(path.getFileName() + ".damaged"));
  }

  /** Only what a dying process wrote last can be torn, and was never acknowledged. */
  private void cutTornEnd() throws IOException {
    long last = segments.writing() - 1;
    if (!Files.exists(segments.path(last))) {
      return;
    }
    try (SegmentFile file = SegmentFile.open(segments.path(last))) {
      long end = file.validEnd();
      if (end < file.size()) {
        LOG.warn(
            "log buffer of {}: {} bytes of an unfinished record are cut off",
            settings.name(),
            file.size() - end);
        file.truncate(end);
      }
      segments.extended(last, end);
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(settings.directory())) {
      return all.filter(path -> SegmentList.number(path).isPresent()).sorted().toList();
    }
  }

  /**
   * Adds a parcel. The stage completes on the buffer's own thread: do little there.
   *
   * <p>It fails with a {@link BufferException} when there is no room or the disk fails; then the parcel may be given again.
   */
  public CompletionStage<Void> append(Parcel parcel) {
    return writer.append(ParcelFormat.encode(parcel));
  }

  /**
   * The first parcel behind a position, waiting for one.
   *
   * @param wait how long; zero for not at all
   * @return empty when there is none yet
   */
  public Optional<Entry> read(Position from, Duration wait)
      throws IOException, InterruptedException {
    Position at = from;
    while (true) {
      Optional<SegmentList.Segment> found = segments.after(at, wait);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      SegmentList.Segment segment = found.get();
      long offset = segment.number() == at.segment()
          ? Math.max(at.offset(), SegmentFile.HEAD_BYTES)
          : SegmentFile.HEAD_BYTES;
      Optional<byte[]> payload = payload(segment, offset);
      if (payload.isPresent()) {
        long next = offset + ParcelFormat.HEAD_BYTES + payload.get().length;
        return Optional.of(
            new Entry(ParcelFormat.decode(payload.get()), new Position(segment.number(), next)));
      }
      passOver(segment, offset);
      at = new Position(segment.number(), segment.end());
    }
  }

  private Optional<byte[]> payload(SegmentList.Segment segment, long offset) throws IOException {
    SegmentFile file = open;
    if (file == null || openNumber != segment.number()) {
      closeReader();
      file = SegmentFile.open(segments.path(segment.number()));
      open = file;
      openNumber = segment.number();
    }
    return file.payload(offset, segment.end());
  }

  private void passOver(SegmentList.Segment segment, long offset) {
    damaged.incrementAndGet();
    LOG.error(
        "log buffer of {}: segment {} is damaged at byte {}; the {} bytes from there are passed over",
        settings.name(),
        segment.number(),
        offset,
        segment.end() - offset);
  }

  /** Up to where everything has been released: where to read from after a start or a failed delivery. */
  public Position released() {
    return released;
  }

  /** Says that everything before a position has been delivered. */
  public void release(Position position) throws IOException {
    if (position.compareTo(released) > 0) {
      cursor.write(position);
      released = position;
      removeBefore(position);
    }
  }

  private void removeBefore(Position position) throws IOException {
    for (long number : segments.before(position)) {
      if (number == openNumber) {
        closeReader();
      }
      Files.deleteIfExists(segments.path(number));
      segments.removed(number);
    }
  }

  private void closeReader() throws IOException {
    SegmentFile file = open;
    open = null;
    if (file != null) {
      file.close();
    }
  }

  /** What the files take, in bytes. */
  public long bytes() {
    return segments.total();
  }

  /** How many times a damaged piece was passed over. */
  public long damaged() {
    return damaged.get();
  }

  /** Whether the disk took the last write. */
  public boolean writable() {
    return writer.writable();
  }

  /** Ends waiting reads, writes what waits, forces it to the disk, and closes the files. */
  @Override
  public void close() {
    segments.close();
    writer.close();
    closeQuietly(this::closeReader);
    closeQuietly(cursor::close);
    closeQuietly(lock::close);
  }

  private interface Closing {
    void run() throws IOException;
  }

  private void closeQuietly(Closing closing) {
    try {
      closing.run();
    } catch (IOException e) {
      LOG.warn("log buffer of {}: closing failed: {}", settings.name(), e.toString());
    }
  }
}
