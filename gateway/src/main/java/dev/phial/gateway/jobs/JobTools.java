package dev.phial.gateway.jobs;

import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.store.JobStore;
import java.time.InstantSource;
import java.util.List;

/**
 * What working on jobs needs.
 *
 * @param store where jobs are
 * @param works the kinds that can be done here
 * @param evidence signs reports
 * @param audit is told before each step
 * @param settings how fast, and how long a job stays with a gateway that is silent
 * @param gateway which gateway this is: a name of its own in the store and in reports
 * @param clock gives the times; gateways whose clocks differ may take a job from each other too early, which costs time and nothing
 *     else
 */
public record JobTools(
    JobStore store,
    List<JobWork> works,
    Evidence evidence,
    AuditLog audit,
    JobSettings settings,
    String gateway,
    InstantSource clock) {
  public JobTools {
    works = List.copyOf(works);
  }
}
