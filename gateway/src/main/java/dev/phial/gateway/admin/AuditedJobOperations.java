package dev.phial.gateway.admin;

import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import dev.phial.gateway.jobs.JobException;
import dev.phial.gateway.jobs.JobView;
import dev.phial.gateway.jobs.Jobs;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Jobs with authorization before them and an audit record before their answer. */
public final class AuditedJobOperations implements JobOperations {
  private final Jobs jobs;
  private final AuditedAdministration administration;

  public AuditedJobOperations(Jobs jobs, AuditedAdministration administration) {
    this.jobs = jobs;
    this.administration = administration;
  }

  @Override
  public CompletionStage<Long> count(Call call, Jobs.Order order) {
    return administration.run(
        call, refusing(() -> jobs.count(order)), "count_job_items", done -> details(order));
  }

  @Override
  public CompletionStage<JobView> start(Call call, Jobs.Order order) {
    return administration.run(
        call,
        refusing(() -> jobs.start(order, call.caller().subject())),
        "start_job",
        AuditedJobOperations::details);
  }

  @Override
  public CompletionStage<JobView> get(Call call, String id) {
    return administration.run(
        call, refusing(() -> jobs.get(id)), "get_job", AuditedJobOperations::details);
  }

  @Override
  public CompletionStage<List<JobView>> list(Call call) {
    return administration.run(call, refusing(jobs::list), "list_jobs", done -> Map.of());
  }

  @Override
  public CompletionStage<JobView> cancel(Call call, String id) {
    return administration.run(
        call,
        refusing(() -> jobs.cancel(id, call.caller().subject())),
        "cancel_job",
        AuditedJobOperations::details);
  }

  private static Map<String, String> details(Jobs.Order order) {
    return Map.of("job_kind", order.kind().word(), "key_tenant", order.tenant().orElse(""));
  }

  private static Map<String, String> details(JobView view) {
    return Map.of(
        "job", view.id(),
        "job_kind", view.kind().word(),
        "key_tenant", view.tenant());
  }

  /** The words of jobs as refusals. */
  private static <T> Supplier<CompletionStage<T>> refusing(Supplier<CompletionStage<T>> operation) {
    return () -> {
      try {
        return operation
            .get()
            .exceptionallyCompose(failure -> CompletableFuture.failedStage(refusal(failure)));
      } catch (JobException e) {
        return CompletableFuture.failedStage(refusal(e));
      }
    };
  }

  private static Throwable refusal(Throwable failure) {
    Throwable cause = failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    return cause instanceof JobException job
        ? new EngineException(RefusalCode.INVALID_VALUE, String.valueOf(job.getMessage()), job)
        : failure;
  }
}
