package dev.phial.gateway.jobs;

import dev.phial.gateway.store.JobStore;
import dev.phial.gateway.store.StoredJob;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Jobs, without authorization: starts them, shows them, ends them. The work is done by {@link JobRunner}s, of this gateway or of
 * another on the same store.
 *
 * <p>Thread-safe; does not block. Stages fail with a {@link JobException} when nothing was done because the request does not fit,
 * and as the store and the work do.
 */
public final class Jobs {
  /** The most jobs of a list. */
  public static final int MOST_LISTED = 100;

  private final JobStore store;
  private final Map<JobKind, JobWork> works;
  private final JobSettings settings;
  private final InstantSource clock;

  public Jobs(JobStore store, List<JobWork> works, JobSettings settings, InstantSource clock) {
    this.store = store;
    this.works = works.stream().collect(Collectors.toMap(JobWork::kind, Function.identity()));
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * What is to be done.
   *
   * @param kind what
   * @param tenant whose keys or tokens, or all
   * @param rate items in a second, at most; 0 for as many as the configuration allows
   */
  public record Order(JobKind kind, Optional<String> tenant, int rate) {}

  /** How many items a job would look at. */
  public CompletionStage<Long> count(Order order) {
    return work(order.kind()).count(order.tenant());
  }

  /** Starts a job. When the stage completes it is durable, and some gateway will do it. */
  public CompletionStage<JobView> start(Order order, String by) {
    if (order.rate() < 0 || order.rate() > settings.rate()) {
      return CompletableFuture.failedStage(new JobException(
          "rate is 1 to " + settings.rate() + " items in a second (jobs.rate), or 0 for that"));
    }
    int rate = order.rate() == 0 ? settings.rate() : order.rate();
    String id = UUID.randomUUID().toString();
    return count(order)
        .thenCompose(total -> store.add(
            id,
            new StoredJob.Order(
                order.kind().word(),
                order.tenant().orElse(""),
                rate,
                by,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                total)))
        .thenCompose(added -> get(id));
  }

  /** A job, with what failed so far. */
  public CompletionStage<JobView> get(String id) {
    return found(id)
        .thenCompose(job -> store
            .failures(id, Integer.MAX_VALUE, JobView.MOST_FAILURES)
            .thenApply(failures -> JobView.of(job, clock.instant(), failures)));
  }

  /** The jobs that were started last, the newest first. */
  public CompletionStage<List<JobView>> list() {
    return store
        .list(MOST_LISTED)
        .thenApply(jobs -> jobs.stream()
            .map(job -> JobView.of(job, clock.instant(), List.of()))
            .toList());
  }

  /** Has a job end soon. What it has done stays done; it ends with a report, too. */
  public CompletionStage<JobView> cancel(String id, String by) {
    return found(id)
        .thenCompose(job -> store.cancel(id, by, clock.instant()))
        .thenCompose(wanted -> wanted
            ? get(id)
            : CompletableFuture.failedStage(new JobException("the job has ended already")));
  }

  private CompletionStage<StoredJob> found(String id) {
    return store
        .find(id)
        .thenApply(job ->
            job.orElseThrow(() -> new JobException("there is no such job; see: phial jobs list")));
  }

  private JobWork work(JobKind kind) {
    JobWork work = works.get(kind);
    if (work == null) {
      throw new JobException("this gateway knows no such work");
    }
    return work;
  }
}
