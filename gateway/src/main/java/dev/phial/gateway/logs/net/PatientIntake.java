package dev.phial.gateway.logs.net;

import dev.phial.gateway.logs.intake.Divisible;
import dev.phial.gateway.logs.intake.Intake;
import dev.phial.gateway.logs.intake.IntakeException;
import dev.phial.gateway.logs.intake.IntakeException.Reason;
import dev.phial.gateway.logs.intake.LogObserver;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * For senders that cannot be told no: tries until there is room, while the sender is not read from. What cannot be masked is
 * tried for a while, then message by message, and those that still cannot be masked are lost, and counted. For one event
 * loop.
 */
public final class PatientIntake {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final Intake intake;
  private final EventLoop loop;
  private final LogObserver observer;
  private final Duration patience;

  /** @param patience for how long a batch that cannot be masked is tried as a whole */
  public PatientIntake(Intake intake, EventLoop loop, LogObserver observer, Duration patience) {
    this.intake = intake;
    this.loop = loop;
    this.observer = observer;
    this.patience = patience;
  }

  /** Takes a batch over. The stage completes on the event loop, always normally. */
  public CompletionStage<Void> take(Divisible batch) {
    CompletableFuture<Void> taken = new CompletableFuture<>();
    attempt(batch, taken, FIRST_PAUSE, System.nanoTime());
    return taken;
  }

  private void attempt(Divisible batch, CompletableFuture<Void> taken, Duration pause, long began) {
    var unused = intake
        .take(batch)
        .whenComplete((nothing, failure) ->
            loop.execute(() -> attempted(batch, taken, pause, began, failure)));
  }

  private void attempted(
      Divisible batch,
      CompletableFuture<Void> taken,
      Duration pause,
      long began,
      @Nullable Throwable failure) {
    if (failure == null) {
      taken.complete(null);
    } else if (!masking(failure) || System.nanoTime() - began < patience.toNanos()) {
      Duration longer = pause.multipliedBy(2);
      var unused = loop.schedule(
          () -> attempt(
              batch, taken, longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE, began),
          pause.toMillis(),
          TimeUnit.MILLISECONDS);
    } else if (batch.size() == 1) {
      observer.lost(LogObserver.Lost.MASKING, 1);
      taken.complete(null);
    } else {
      oneByOne(batch.each(), 0, taken, began);
    }
  }

  private void oneByOne(
      List<? extends Divisible> each, int next, CompletableFuture<Void> taken, long began) {
    if (next == each.size()) {
      taken.complete(null);
      return;
    }
    CompletableFuture<Void> one = new CompletableFuture<>();
    var unused = one.thenRun(() -> oneByOne(each, next + 1, taken, began));
    attempt(each.get(next), one, FIRST_PAUSE, began);
  }

  private static boolean masking(Throwable failure) {
    Throwable cause = failure.getCause() != null && !(failure instanceof IntakeException)
        ? failure.getCause()
        : failure;
    return cause instanceof IntakeException refused && refused.reason() == Reason.MASKING;
  }
}
