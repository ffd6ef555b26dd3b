package dev.phial.gateway.jobs;

import dev.phial.gateway.store.JobState;
import dev.phial.gateway.store.JobStore.Failure;
import dev.phial.gateway.store.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A job as it is shown.
 *
 * @param job as it is stored
 * @param held whether a gateway works on it
 * @param failures items that failed so far, some hundred at most; none in lists
 */
public record JobView(StoredJob job, boolean held, List<Failure> failures) {
  /** The most failures that are shown. The report has all. */
  public static final int MOST_FAILURES = 100;

  public JobView {
    failures = List.copyOf(failures);
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
    long left = Math.max(0, job.order().total() - job.counts().done() - job.counts().failed());
    OptionalDouble speed = perSecond();
    return over() || speed.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of((long) Math.ceil(left / speed.getAsDouble()));
  }

  static JobView of(StoredJob job, Instant now, List<Failure> failures) {
    boolean held = job.state() == JobState.RUNNING && job.lease().until().isAfter(now);
    return new JobView(job, held, failures);
  }
}
