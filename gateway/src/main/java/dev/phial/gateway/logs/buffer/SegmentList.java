package dev.phial.gateway.logs.buffer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Which segments there are, and up to where each may be read: what the writer and the reader share. Thread-safe. */
final class SegmentList {
  private final Path directory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeMap<Long, Long> ends = new TreeMap<>();
  private long total;
  private long writing = 1;
  private boolean closed;

  SegmentList(Path directory) {
    this.directory = directory;
  }

  /** A segment and where its records end; sealed when nothing will be added to it. */
  record Segment(long number, long end, boolean sealed) {}

  Path path(long number) {
    return directory.resolve(String.format("%016x.log", number));
  }

  static Optional<Long> number(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.matches("[0-9a-f]{16}\\.log")
        ? Optional.of(Long.parseLong(name.substring(0, 16), 16))
        : Optional.empty();
  }

  /** The number of the segment that is, or will be, written. */
  long writing() {
    lock.lock();
    try {
      return writing;
    } finally {
      lock.unlock();
    }
  }

  /** Says that nothing more will be added to this segment. */
  void sealed(long number) {
    lock.lock();
    try {
      writing = Math.max(writing, number + 1);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says where a segment's records end now. */
  void extended(long number, long end) {
    lock.lock();
    try {
      Long before = ends.put(number, end);
      total += end - (before == null ? 0 : before);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  void removed(long number) {
    lock.lock();
    try {
      Long end = ends.remove(number);
      total -= end == null ? 0 : end;
    } finally {
      lock.unlock();
    }
  }

  long total() {
    lock.lock();
    try {
      return total;
    } finally {
      lock.unlock();
    }
  }

  /** The first segment that has something behind {@code from}, waiting for it. */
  Optional<Segment> after(Position from, Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      Optional<Segment> found = find(from);
      while (found.isEmpty() && left > 0 && !closed) {
        left = changed.awaitNanos(left);
        found = find(from);
      }
      return found;
    } finally {
      lock.unlock();
    }
  }

  private Optional<Segment> find(Position from) {
    for (Map.Entry<Long, Long> entry : ends.tailMap(from.segment()).entrySet()) {
      long begun =
          entry.getKey() == from.segment() ? Math.max(from.offset(), SegmentFile.HEAD_BYTES) : 0;
      if (entry.getValue() > begun && entry.getValue() > SegmentFile.HEAD_BYTES) {
        return Optional.of(new Segment(entry.getKey(), entry.getValue(), entry.getKey() < writing));
      }
    }
    return Optional.empty();
  }

  /** The segments that end at or before a position, without the one that is being written. */
  Iterable<Long> before(Position position) {
    lock.lock();
    try {
      return ends.entrySet().stream()
          .filter(entry -> entry.getKey() < writing)
          .filter(entry -> new Position(entry.getKey(), entry.getValue()).compareTo(position) <= 0)
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
