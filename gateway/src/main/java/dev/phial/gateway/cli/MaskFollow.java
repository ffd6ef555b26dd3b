package dev.phial.gateway.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows a file by its name, as {@code tail -F} does: goes on with what is added, waits while there is none, and takes the
 * next when the file is rotated, be it renamed or copied and cut. One that was renamed is read on until its writer has let go
 * of it. Confined to a thread.
 */
final class MaskFollow {
  private static final long PAUSE_MILLIS = 200;
  /** Writers that are told to open their log anew do so within it. */
  private static final long RELEASED_NANOS = 5_000_000_000L;

  private final Path file;
  private final Supplier<MaskWork> works;
  private final OutputStream out;
  private final Consumer<String> notes;
  private final List<FollowedFile> renamed = new ArrayList<>();
  private @Nullable FollowedFile current;
  private boolean missed;

  /**
   * @param works masks a file from its beginning
   * @param out is flushed after each look
   * @param notes is told what happens to the file
   */
  MaskFollow(Path file, Supplier<MaskWork> works, OutputStream out, Consumer<String> notes) {
    this.file = file;
    this.works = works;
    this.out = out;
    this.notes = notes;
  }

  /**
   * Follows until {@code stopped}; then what is there is masked to its last byte. An interruption ends it too, and fails it when it
   * falls into a read.
   *
   * @throws MaskFailure when the file cannot be masked
   */
  void run(CountDownLatch stopped) {
    try {
      follow(stopped);
    } catch (IOException e) {
      throw new MaskFailure(file + ": cannot be read or written");
    }
  }

  private void follow(CountDownLatch stopped) throws IOException {
    try {
      look();
      while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    // An interrupted thread cannot read from a channel: it would be closed.
    boolean interrupted = Thread.interrupted();
    look();
    finish();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() throws IOException {
    for (FollowedFile old : renamed) {
      read(old);
    }
    FollowedFile open = current;
    if (open != null) {
      read(open);
    }
    Object now = key();
    if (now != null && (open == null || !now.equals(open.key()))) {
      take(now);
    } else if (now == null && open == null && !missed) {
      missed = true;
      notes.accept(file + " does not exist yet; waiting for it");
    }
    release();
    out.flush();
  }

  private void read(FollowedFile followed) {
    if (followed.read()) {
      notes.accept(file + " was cut; it is read from its beginning");
    }
  }

  private void take(Object key) throws IOException {
    FollowedFile next;
    try {
      next = new FollowedFile(file, key, works);
    } catch (NoSuchFileException e) {
      return; // rotated again in between
    }
    if (!key.equals(key())) {
      next.close(); // which of the two was opened is not known
      return;
    }
    FollowedFile before = current;
    if (before != null) {
      renamed.add(before);
      notes.accept(file + " was replaced; going on with the new one");
    }
    current = next;
    read(next);
  }

  private void release() throws IOException {
    List<FollowedFile> quiet =
        renamed.stream().filter(old -> old.nanosSinceGrown() > RELEASED_NANOS).toList();
    for (FollowedFile old : quiet) {
      old.end();
      old.close();
    }
    renamed.removeAll(quiet);
  }

  private void finish() throws IOException {
    List<FollowedFile> all = new ArrayList<>(renamed);
    if (current != null) {
      all.add(current);
    }
    for (FollowedFile followed : all) {
      followed.end();
      followed.close();
    }
    out.flush();
  }

  private @Nullable Object key() throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return null;
    }
    if (!attributes.isRegularFile()) {
      throw new MaskFailure(file + ": --follow takes a regular file; pipe others into phial mask");
    }
    Object key = attributes.fileKey();
    return key == null ? file : key; // no other can be told from it there
  }
}
