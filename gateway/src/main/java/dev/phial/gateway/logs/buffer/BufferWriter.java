package dev.phial.gateway.logs.buffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records, on a thread of its own: all that wait in one go, then their stages complete (group commit). A write that
 * fails leaves the file as it was before; the next one tries again.
 */
final class BufferWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BufferWriter.class);
  private static final int GROUP = 512;
  private static final long LONGEST_WAIT_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 10_000;

  private record Waiting(ByteBuffer record, CompletableFuture<Void> written) {}

  private final BufferSettings settings;
  private final SegmentList segments;
  private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
  private final AtomicLong queued = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean failing;

  // The thread's own:
  private @Nullable SegmentFile active;
  private long number;
  private long end;
  private boolean dirty;
  private long forced = System.nanoTime();

  BufferWriter(BufferSettings settings, SegmentList segments) {
    this.settings = settings;
    this.segments = segments;
    this.thread = new Thread(this::run, "phial-logs-buffer-" + settings.name());
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether the last write was successful. */
  boolean writable() {
    return !failing && !closed;
  }

  CompletionStage<Void> append(ByteBuffer record) {
    int size = record.remaining();
    if (closed) {
      return CompletableFuture.failedStage(new BufferException(false, message("is closed"), null));
    }
    long waiting = queued.addAndGet(size);
    boolean first = waiting == size;
    if (segments.total() + waiting > settings.maxBytes()
        || (waiting > settings.queuedBytes() && !first)) {
      queued.addAndGet(-size);
      return CompletableFuture.failedStage(BufferException.full(settings.name()));
    }
    Waiting append = new Waiting(record, new CompletableFuture<>());
    queue.add(append);
    return append.written();
  }

  private String message(String what) {
    return "the log buffer of " + settings.name() + " " + what;
  }

  private void run() {
    while (!closed || !queue.isEmpty()) {
      commit(nextGroup());
    }
    sealActive();
  }

  private List<Waiting> nextGroup() {
    List<Waiting> group = new ArrayList<>();
    long wait = settings.syncEvery().toMillis();
    try {
      Waiting first = queue.poll(
          wait > 0 ? Math.min(wait, LONGEST_WAIT_MILLIS) : LONGEST_WAIT_MILLIS,
          TimeUnit.MILLISECONDS);
      if (first != null) {
        group.add(first);
        queue.drainTo(group, GROUP - 1);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    return group;
  }

  private void commit(List<Waiting> group) {
    List<Waiting> written = new ArrayList<>();
    try {
      for (Waiting append : group) {
        if (append.record().hasRemaining()) {
          write(append.record());
        }
        written.add(append);
      }
      sync();
      done(group);
      failing = false;
    } catch (IOException | RuntimeException | Error e) {
      failed(group, written, e);
    }
  }

  /** Writes behind what is known to be whole: a torn record of an earlier try is written over. */
  private void write(ByteBuffer record) throws IOException {
    int size = record.remaining();
    if (active != null && end > SegmentFile.HEAD_BYTES && end + size > settings.segmentBytes()) {
      seal(active);
    }
    SegmentFile file = active;
    if (file == null) {
      number = segments.writing();
      file = SegmentFile.create(segments.path(number));
      active = file;
      end = SegmentFile.HEAD_BYTES;
      segments.extended(number, end);
    }
    file.write(end, record);
    end += size;
    dirty = true;
  }

  private void sync() throws IOException {
    SegmentFile file = active;
    boolean due = System.nanoTime() - forced >= settings.syncEvery().toNanos();
    if (file != null && dirty && due) {
      file.force();
      forced = System.nanoTime();
      dirty = false;
    }
    if (file != null) {
      segments.extended(number, end);
    }
  }

  private void done(List<Waiting> group) {
    for (Waiting append : group) {
      queued.addAndGet(-append.record().limit());
      append.written().complete(null);
    }
  }

  /** Those that were written whole before the failure stay; their senders are told nothing wrong. */
  private void failed(List<Waiting> group, List<Waiting> written, Throwable cause) {
    if (!failing) {
      failing = true;
      LOG.error(
          "{}: {}", message("cannot be written; senders wait or are refused"), cause.toString());
    }
    cutBack();
    List<Waiting> lost = new ArrayList<>(group);
    if (settings.syncEvery().isZero()) {
      written.clear();
    }
    lost.removeAll(written);
    done(written);
    BufferException failure = new BufferException(
        false, message("cannot be written; see the setting logs.buffer.directory"), cause);
    for (Waiting append : lost) {
      queued.addAndGet(-append.record().limit());
      append.written().completeExceptionally(failure);
    }
  }

  private void cutBack() {
    SegmentFile file = active;
    if (file == null) {
      return;
    }
    segments.extended(number, end);
    try {
      file.truncate(end);
    } catch (IOException e) {
      LOG.debug("cutting back {}: {}", file.path().getFileName(), e.toString());
    }
  }

  private void seal(SegmentFile file) throws IOException {
    file.force();
    segments.extended(number, end);
    segments.sealed(number);
    file.close();
    active = null;
    dirty = false;
  }

  private void sealActive() {
    SegmentFile file = active;
    if (file != null) {
      try {
        seal(file);
      } catch (IOException e) {
        LOG.warn("{}: {}", message("could not be closed"), e.toString());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    queue.add(new Waiting(ByteBuffer.allocate(0), new CompletableFuture<>()));
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
