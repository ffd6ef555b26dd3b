package dev.phial.gateway.keys;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One pin as it was last read. Asked for more often than every {@link #FRESH}, it answers from memory; later it reads again
 * and answers with what it has meanwhile; after {@link Pins#LEASE} only what is read counts. Thread-safe.
 *
 * <p>The age counts from before the reading, so that nothing older than the lease is ever believed, however long the reading
 * took.
 */
final class PinCell {
  static final Duration FRESH = Duration.ofSeconds(15);

  private final Supplier<CompletionStage<Pin>> reading;
  private final LongSupplier nanoTime;
  private volatile @Nullable Seen seen;
  private @Nullable CompletableFuture<Pin> underWay;

  PinCell(Supplier<CompletionStage<Pin>> reading, LongSupplier nanoTime) {
    this.reading = reading;
    this.nanoTime = nanoTime;
  }

  CompletionStage<Pin> pin() {
    Seen last = seen;
    if (last == null) {
      return read();
    }
    Duration age = Duration.ofNanos(nanoTime.getAsLong() - last.at());
    if (age.compareTo(FRESH) < 0) {
      return CompletableFuture.completedStage(last.pin());
    }
    CompletionStage<Pin> again = read();
    return age.compareTo(Pins.LEASE) < 0 ? CompletableFuture.completedStage(last.pin()) : again;
  }

  /** One reading at a time; its failure is not remembered. */
  private synchronized CompletionStage<Pin> read() {
    CompletableFuture<Pin> current = underWay;
    if (current == null || current.isDone()) {
      long at = nanoTime.getAsLong();
      current = reading.get().thenApply(pin -> saw(pin, at)).toCompletableFuture();
      underWay = current;
    }
    return current.minimalCompletionStage();
  }

  private Pin saw(Pin pin, long at) {
    seen = new Seen(pin, at);
    return pin;
  }

  private record Seen(Pin pin, long at) {}
}
