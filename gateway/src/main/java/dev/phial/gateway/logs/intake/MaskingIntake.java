package dev.phial.gateway.logs.intake;

import dev.phial.gateway.logs.buffer.BufferException;
import dev.phial.gateway.logs.buffer.DiskBuffer;
import dev.phial.gateway.logs.buffer.Parcel;
import dev.phial.gateway.logs.intake.IntakeException.Reason;
import dev.phial.masking.LogEvent;
import dev.phial.masking.Masked;
import dev.phial.masking.Masker;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Masks and buffers. Whatever goes wrong in between, also an {@link Error} of the FIPS module, fails the stage: there is no
 * other way into the buffer than through the masker's answer.
 */
public final class MaskingIntake implements Intake {
  private static final Logger LOG = LoggerFactory.getLogger(MaskingIntake.class);
  /** Larger batches are masked elsewhere than on the event loop. */
  private static final int INLINE_BYTES = 256 << 10;

  private final Masker masker;
  private final DiskBuffer buffer;
  private final LogObserver observer;
  private final Executor workers;
  private final AtomicBoolean healthy = new AtomicBoolean(true);

  public MaskingIntake(Masker masker, DiskBuffer buffer, LogObserver observer, Executor workers) {
    this.masker = masker;
    this.buffer = buffer;
    this.observer = observer;
    this.workers = workers;
  }

  @Override
  public CompletionStage<Void> take(Batch batch) {
    List<LogEvent> events = batch.events();
    long bytes = events.stream().mapToLong(event -> event.content().length).sum();
    if (bytes <= INLINE_BYTES) {
      return failing(mask(events).thenCompose(masked -> store(batch, events, masked, bytes)));
    }
    return failing(CompletableFuture.supplyAsync(() -> mask(events), workers)
        .thenCompose(masked -> masked)
        .thenComposeAsync(masked -> store(batch, events, masked, bytes), workers));
  }

  private CompletionStage<List<Masked>> mask(List<LogEvent> events) {
    try {
      return masker.mask(events);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<Void> store(
      Batch batch, List<LogEvent> events, List<Masked> masked, long bytes) {
    if (masked.size() != events.size()) {
      throw new IllegalStateException("the masker answered for another number of events");
    }
    Optional<Parcel> parcel = batch.masked(masked);
    CompletionStage<Void> stored =
        parcel.map(buffer::append).orElseGet(() -> CompletableFuture.completedStage(null));
    healthy.set(true);
    return stored.thenRun(() -> {
      observer.received(batch.size(), bytes);
      masked.forEach(one -> one.found().forEach(observer::found));
      int left = parcel.map(Parcel::events).orElse(0);
      if (left < batch.size()) {
        observer.lost(LogObserver.Lost.POLICY, batch.size() - left);
      }
    });
  }

  private CompletionStage<Void> failing(CompletionStage<Void> stage) {
    return stage.exceptionallyCompose(failure -> CompletableFuture.failedStage(reason(failure)));
  }

  private IntakeException reason(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof BufferException refused) {
      return new IntakeException(refused.isFull() ? Reason.FULL : Reason.DISK, cause);
    }
    if (healthy.getAndSet(false)) {
      // Its class and not its message: that is not ours, and could hold a value.
      LOG.error("log events cannot be masked: {}", cause.getClass().getName());
    }
    return new IntakeException(Reason.MASKING, cause);
  }
}
