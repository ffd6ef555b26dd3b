package dev.phial.gateway.admin;

import dev.phial.gateway.identity.Call;
import dev.phial.gateway.jobs.JobView;
import dev.phial.gateway.jobs.Jobs;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Jobs on behalf of a caller: allowed only to roles that administer, and audited before they answer. Stages fail with {@link
 * dev.phial.gateway.engine.EngineException}.
 */
public interface JobOperations {

  /** How many items a job would look at. */
  CompletionStage<Long> count(Call call, Jobs.Order order);

  /** Starts a job; some gateway on the store will do it. */
  CompletionStage<JobView> start(Call call, Jobs.Order order);

  /** A job, with what failed so far. */
  CompletionStage<JobView> get(Call call, String id);

  /** The jobs that were started last. */
  CompletionStage<List<JobView>> list(Call call);

  /** Has a job end soon, with a report. */
  CompletionStage<JobView> cancel(Call call, String id);
}
