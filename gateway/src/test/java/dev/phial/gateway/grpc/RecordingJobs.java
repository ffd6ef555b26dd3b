package dev.phial.gateway.grpc;

import dev.phial.gateway.admin.JobOperations;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.jobs.JobView;
import dev.phial.gateway.jobs.Jobs;
import dev.phial.gateway.store.JobState;
import dev.phial.gateway.store.StoredJob;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One job, half done or ended. */
final class RecordingJobs implements JobOperations {
  static final String RUNNING = "5f0c9a3e-0000-4000-8000-000000000001";
  static final String ENDED = "5f0c9a3e-0000-4000-8000-000000000002";
  private static final Instant STARTED = Instant.parse("2026-03-01T10:00:00Z");

  @Override
  public CompletionStage<Long> count(Call call, Jobs.Order order) {
    return CompletableFuture.completedStage(300L);
  }

  @Override
  public CompletionStage<JobView> start(Call call, Jobs.Order order) {
    return CompletableFuture.completedStage(view(
        RUNNING, order.kind().word(), order.tenant().orElse(""), order.rate(), JobState.RUNNING));
  }

  @Override
  public CompletionStage<JobView> get(Call call, String id) {
    return CompletableFuture.completedStage(
        view(id, "rewrap", "", 50, id.equals(ENDED) ? JobState.INCOMPLETE : JobState.RUNNING));
  }

  @Override
  public CompletionStage<List<JobView>> list(Call call) {
    return get(call, ENDED).thenApply(List::of);
  }

  @Override
  public CompletionStage<JobView> cancel(Call call, String id) {
    return get(call, id);
  }

  private static JobView view(String id, String kind, String tenant, int rate, JobState state) {
    boolean over = state != JobState.RUNNING;
    StoredJob job = new StoredJob(
        id,
        new StoredJob.Order(kind, tenant, rate, "officer", STARTED, 300),
        state,
        "",
        over ? Optional.of(STARTED.plusSeconds(10)) : Optional.empty(),
        "17",
        new StoredJob.Counts(90, 10, 1),
        new StoredJob.Lease("g", 1, STARTED.plusSeconds(20), STARTED, 0, "g"),
        STARTED.plusSeconds(10),
        over ? "the.signed.report" : "");
    return new JobView(
        job, !over, List.of(new JobView.Failed("north", "0000000000000004", "kms_denied", 2)));
  }
}
