package dev.phial.gateway.cli;

import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.stream.EventFramer;
import dev.phial.masking.stream.GzipMembers;
import dev.phial.masking.treat.PolicyMasker;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Masks one input: cuts it into events, and writes each as soon as it is masked. Confined to a thread. */
final class MaskWork implements EventFramer.Sink {
  private static final int LONGEST_EVENT = 1 << 24;
  private static final int LONGEST_JSON = 1 << 22;
  private static final int BUFFER = 1 << 16;

  /** Some of the work. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  private final PolicyMasker masker;
  private final OutputStream out;
  private final Optional<OutputStream> places;
  private final boolean jsonl;
  private final boolean csv;
  private final MaskReport report;
  private final MaskProgress progress;
  private final EventFramer framer;
  private final String name;
  private long line = 1;
  private @Nullable MaskCsv columns;

  /**
   * @param name how the input is called
   * @param places where files, lines and kinds of what is found are written; nothing when they are not wanted
   */
  MaskWork(
      String name,
      PolicyMasker masker,
      OutputStream out,
      Optional<OutputStream> places,
      boolean jsonl,
      boolean csv,
      MaskReport report,
      MaskProgress progress) {
    this.name = name;
    this.masker = masker;
    this.out = out;
    this.places = places;
    this.jsonl = jsonl;
    this.csv = csv;
    this.report = report;
    this.progress = progress;
    this.framer = new EventFramer(LONGEST_EVENT, jsonl || csv ? 0 : LONGEST_JSON);
  }

  /** Masks an input to its end. */
  void run(MaskInput input, int mostRatio) {
    failing(() -> {
      try (InputStream in = input.open(mostRatio)) {
        byte[] buffer = new byte[BUFFER];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          push(buffer, n);
          if (in.available() == 0) {
            out.flush();
          }
        }
      }
      end();
    });
  }

  /** The next bytes of the input: what they complete is masked and written, and a line that is not complete waits. */
  void push(byte[] bytes, int length) {
    framer.push(bytes, 0, length, this);
  }

  /** Nothing more comes: the last line is complete as it is. */
  void end() {
    framer.flush(this);
  }

  /**
   * Does a step, and says which input and which line it was when that fails.
   *
   * @throws MaskFailure instead of any other failure
   */
  void failing(Step step) {
    try {
      step.run();
    } catch (EventFramer.TooLongException | UncheckedIOException e) {
      throw new MaskFailure(place() + e.getMessage());
    } catch (GzipMembers.RatioException e) {
      throw new MaskFailure(
          place() + e.getMessage()
              + "; if it is no bomb, allow more with --max-ratio. What was complete before is masked and written");
    } catch (ZipException | EOFException e) {
      throw new MaskFailure(
          place() + e.getMessage() + "; what was complete before is masked and written");
    } catch (IOException e) {
      throw new MaskFailure(place() + "cannot be read or written");
    }
  }

  private String place() {
    return name + ", line " + line + ": ";
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
