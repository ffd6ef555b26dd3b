package dev.phial.gateway.cli;

import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.stream.EventFramer;
import dev.phial.masking.treat.PolicyMasker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Masks one input: cuts it into events, and writes each as soon as it is masked. */
final class MaskWork implements EventFramer.Sink {
  private static final int LONGEST_EVENT = 1 << 24;
  private static final int LONGEST_JSON = 1 << 22;
  private static final int BUFFER = 1 << 16;
  private static final long PAUSE_NANOS = 200_000_000L;

  private final PolicyMasker masker;
  private final OutputStream out;
  private final Optional<OutputStream> places;
  private final boolean jsonl;
  private final boolean csv;
  private final MaskReport report;
  private final MaskProgress progress;
  private String name = "-";
  private long line = 1;
  private @Nullable MaskCsv columns;

  /**
   * @param places where files, lines and kinds of what is found are written; nothing when they are not wanted
   */
  MaskWork(
      PolicyMasker masker,
      OutputStream out,
      Optional<OutputStream> places,
      boolean jsonl,
      boolean csv,
      MaskReport report,
      MaskProgress progress) {
    this.masker = masker;
    this.out = out;
    this.places = places;
    this.jsonl = jsonl;
    this.csv = csv;
    this.report = report;
    this.progress = progress;
  }

  /** Reads an input to its end, or for ever. */
  void run(MaskInput input, boolean follow) throws IOException {
    name = input.name();
    EventFramer framer = new EventFramer(LONGEST_EVENT, jsonl || csv ? 0 : LONGEST_JSON);
    try (InputStream in = input.open()) {
      read(in, framer);
      if (follow) {
        framer.flush(this);
        follow(input, in, framer);
      }
      framer.flush(this);
    } catch (EventFramer.TooLongException | UncheckedIOException e) {
      throw new MaskFailure(name + ", line " + line + ": " + e.getMessage());
    } catch (IOException e) {
      throw new MaskFailure(name + ", line " + line + ": cannot be read or written");
    }
  }

  private void read(InputStream in, EventFramer framer) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      framer.push(buffer, 0, n, this);
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  /** As {@code tail -F}: goes on with what is added, and with the new file when the old one was rotated away. */
  private void follow(MaskInput input, InputStream first, EventFramer framer) throws IOException {
    Path file = input.file();
    if (file == null) {
      return;
    }
    InputStream in = first;
    Object key = key(file);
    long position = Files.size(file);
    while (!Thread.currentThread().isInterrupted()) {
      read(in, framer);
      out.flush();
      LockSupport.parkNanos(PAUSE_NANOS);
      Object now = key(file);
      boolean other = now != null && !now.equals(key);
      boolean shorter = now != null && Files.size(file) < position;
      if (other || shorter) {
        framer.flush(this);
        in = input.open();
        key = now;
      }
      position = now == null ? position : Files.size(file);
    }
  }

  private static @Nullable Object key(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    return Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class)
        .fileKey();
  }

  @Override
  public void event(byte[] content, byte[] lineEnd) {
    try {
      take(content, lineEnd);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot be written", e);
    }
    progress.event(content.length + lineEnd.length);
    line += 1 + breaks(content);
  }

  private static long breaks(byte[] content) {
    long breaks = 0;
    for (byte b : content) {
      breaks += b == '\n' ? 1 : 0;
    }
    return breaks;
  }

  private void take(byte[] content, byte[] lineEnd) throws IOException {
    if (jsonl) {
      if (content.length > 0) {
        out.write(MaskJsonl.line(masker, content).getBytes(StandardCharsets.UTF_8));
        out.write('\n');
      }
      return;
    }
    Masked masked = masked(content);
    boolean drop = masked instanceof Masked.Dropped;
    report.add(masked.found(), drop);
    if (places.isPresent() && !masked.found().isEmpty()) {
      String place = name + ":" + line + ": " + masked.found() + "\n";
      places.get().write(place.getBytes(StandardCharsets.UTF_8));
    }
    if (masked instanceof Masked.Event event) {
      out.write(event.content());
      out.write(lineEnd);
    }
  }

  private Masked masked(byte[] content) {
    if (!csv) {
      return masker.maskNow(LogEvent.of(content));
    }
    MaskCsv names = columns;
    if (names == null) {
      columns = MaskCsv.header(content);
      return masker.maskNow(LogEvent.of(content));
    }
    return names.mask(masker, content);
  }
}
