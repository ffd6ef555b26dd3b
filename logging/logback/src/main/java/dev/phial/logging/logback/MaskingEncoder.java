package dev.phial.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.Masker;
import dev.phial.masking.MaskingPolicy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Masks what another encoder writes, whatever its format: message, arguments, MDC and stack trace of an event as they would
 * reach the appender.
 *
 * <pre>{@code
 * <encoder class="dev.phial.logging.logback.MaskingEncoder">
 *   <policy>safe-harbor</policy>
 *   <encoder class="ch.qos.logback.classic.encoder.PatternLayoutEncoder"><pattern>%d %level %msg%n</pattern></encoder>
 * </encoder>
 * }</pre>
 *
 * <p>{@code policy} is {@code safe-harbor}, the default, or {@code limited-data-set}; policies of one's own are given to
 * {@link #setMasker}. The masker must not wait for keys.
 *
 * <p>An event that cannot be masked is not written: a line that says so stands in its place. Thread-safe once started.
 */
public final class MaskingEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};
  private static final byte[] NOT_MASKED =
      "(a log event is left out: it could not be masked)\n".getBytes(StandardCharsets.UTF_8);

  private String policy = "safe-harbor";
  private @Nullable Masker masker;
  private @Nullable Encoder<ILoggingEvent> encoder;

  /** The encoder that writes events before they are masked, in UTF-8. */
  public void setEncoder(Encoder<ILoggingEvent> encoder) {
    this.encoder = encoder;
  }

  /** {@code safe-harbor} or {@code limited-data-set}. */
  public void setPolicy(String policy) {
    this.policy = policy;
  }

  /** A masker of one's own, in place of {@code policy}. */
  public void setMasker(Masker masker) {
    this.masker = masker;
  }

  /** Starts, unless there is no encoder or no such policy: then nothing is written. */
  @Override
  public void start() {
    Encoder<ILoggingEvent> writes = encoder;
    if (writes == null) {
      addError("MaskingEncoder needs an <encoder>; nothing is logged without");
      return;
    }
    if (masker == null && !choose()) {
      return;
    }
    if (writes instanceof LayoutWrappingEncoder<ILoggingEvent> wraps) {
      wraps.setCharset(StandardCharsets.UTF_8);
    }
    if (!writes.isStarted()) {
      writes.start();
    }
    super.start();
  }

  private boolean choose() {
    switch (policy) {
      case "safe-harbor" -> masker = Masker.of(MaskingPolicy.safeHarbor());
      case "limited-data-set" -> masker = Masker.of(MaskingPolicy.limitedDataSet());
      default -> {
        addError("MaskingEncoder's policy must be safe-harbor or limited-data-set");
        return false;
      }
    }
    return true;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Encoder<ILoggingEvent> writes = encoder;
    Masker masks = masker;
    if (!isStarted() || writes == null || masks == null) {
      return NOTHING;
    }
    try {
      return masked(masks, writes.encode(event));
    } catch (RuntimeException | Error e) {
      return NOT_MASKED.clone();
    }
  }

  /** The line end is no part of the event. */
  private static byte[] masked(Masker masks, byte[] line) {
    int end = line.length;
    while (end > 0 && (line[end - 1] == '\n' || line[end - 1] == '\r')) {
      end--;
    }
    byte[] content = end == line.length ? line : Arrays.copyOf(line, end);
    Masked masked = masks
        .mask(List.of(LogEvent.of(content)))
        .toCompletableFuture()
        .getNow(List.of())
        .get(0);
    if (!(masked instanceof Masked.Event kept)) {
      return NOTHING;
    }
    byte[] written = Arrays.copyOf(kept.content(), kept.content().length + line.length - end);
    System.arraycopy(line, end, written, kept.content().length, line.length - end);
    return written;
  }

  @Override
  public byte[] headerBytes() {
    Encoder<ILoggingEvent> writes = encoder;
    byte[] header = writes == null ? null : writes.headerBytes();
    return header == null ? NOTHING : header;
  }

  @Override
  public byte[] footerBytes() {
    Encoder<ILoggingEvent> writes = encoder;
    byte[] footer = writes == null ? null : writes.footerBytes();
    return footer == null ? NOTHING : footer;
  }
}
