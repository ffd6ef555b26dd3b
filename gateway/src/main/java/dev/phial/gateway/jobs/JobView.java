package dev.phial.gateway.jobs;

import dev.phial.gateway.store.JobState;
import dev.phial.gateway.store.JobStore.Failure;
import dev.phial.gateway.store.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A job as it is shown.
 *
 * @param job as it is stored
 * @param held whether a gateway works on it
 * @param failures items that failed so far, some hundred at most; none in lists
 */
public record JobView(StoredJob job, boolean held, List<Failed> failures) {
  /** The most failures that are shown. The report has all. */
  public static final int MOST_FAILURES = 100;

  public JobView {
    failures = List.copyOf(failures);
  }

  /**
   * An item that could not be done.
   *
   * @param tenant whose
   * @param item which
   * @param reason why, in one word
   * @param attempts how often it was tried
   */
  public record Failed(String tenant, String item, String reason, int attempts) {}

  /**
   * How many items there are, and what became of them.
   *
   * @param total there were at the start
   * @param changed were done
   * @param unchanged needed nothing
   * @param failed could not be done so far
   */
  public record Counts(long total, long changed, long unchanged, long failed) {}

  public String id() {
    return job.id();
  }

  public JobKind kind() {
    return JobKind.valueOf(job.order().kind().toUpperCase(Locale.ROOT));
  }

  /** Whose keys; empty: of all tenants. */
  public String tenant() {
    return job.order().tenant();
  }

  /** Items in a second, at most. */
  public int rate() {
    return job.order().rate();
  }

  /** Where it is in its life, in capitals. */
  public String state() {
    return job.state().name();
  }

  public String startedBy() {
    return job.order().startedBy();
  }

  public Instant started() {
    return job.order().created();
  }

  public Optional<Instant> ended() {
    return job.finished();
  }

  public Counts counts() {
    return new Counts(
        job.order().total(),
        job.counts().changed(),
        job.counts().unchanged(),
        job.counts().failed());
  }

  /** Who wants it to end; empty when nobody does. */
  public String cancelledBy() {
    return job.cancelledBy();
  }

  /** The signed report; empty until the end. */
  public String report() {
    return job.report();
  }

  /** Whether it has ended. */
  public boolean over() {
    return job.state() != JobState.RUNNING;
  }

  /** Items in a second since the gateway that works on it took it; none before it has worked. */
  public OptionalDouble perSecond() {
    Duration worked = Duration.between(job.lease().since(), job.updated());
    long done = job.counts().done() - job.lease().base();
    return job.lease().epoch() == 0 || worked.toMillis() <= 0 || done <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(done * 1_000.0 / worked.toMillis());
  }

  /** Seconds to go at that speed; none when nobody can tell. */
  public OptionalLong secondsLeft() {
    long left =
        Math.max(0, job.order().total() - job.counts().done() - job.counts().failed());
    OptionalDouble speed = perSecond();
    return over() || speed.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of((long) Math.ceil(left / speed.getAsDouble()));
  }

  static JobView of(StoredJob job, Instant now, List<Failure> failures) {
    boolean held = job.state() == JobState.RUNNING && job.lease().until().isAfter(now);
    return new JobView(job, held, failures.stream().map(JobView::failed).toList());
  }

  private static Failed failed(Failure failure) {
    return new Failed(failure.tenant(), failure.item(), failure.reason(), failure.attempts());
  }
}
