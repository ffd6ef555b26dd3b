package dev.phial.gateway.jobs;

import dev.phial.gateway.evidence.Statement;
import dev.phial.gateway.evidence.StatementKind;
import dev.phial.gateway.store.JobState;
import dev.phial.gateway.store.JobStore.Failure;
import dev.phial.gateway.store.JobStore.TenantCounts;
import dev.phial.gateway.store.StoredJob;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a job did, as it is signed: version 1 of {@link StatementKind#JOB_REPORT} (docs/evidence.md).
 *
 * @param job as it was at the end
 * @param end how it ended
 * @param ended when
 * @param gateway which gateway says so
 * @param tenants what became of each tenant's items
 * @param failures every item that could not be done
 */
record JobReport(
    StoredJob job,
    JobState end,
    Instant ended,
    String gateway,
    List<TenantCounts> tenants,
    List<Failure> failures) {
  private static final int VERSION = 1;

  Statement statement() {
    StoredJob.Order order = job.order();
    Map<String, Object> facts = new TreeMap<>();
    facts.put("job", job.id());
    facts.put("kind", order.kind());
    facts.put("tenant", order.tenant());
    facts.put("rate", order.rate());
    facts.put("result", word(end));
    facts.put("started", text(order.created()));
    facts.put("started_by", order.startedBy());
    facts.put("ended", text(ended));
    facts.put("cancelled_by", job.cancelledBy());
    facts.put("total", order.total());
    facts.putAll(counts(job.counts()));
    facts.put("gateways", job.lease().workers());
    facts.put("signed_by", gateway);
    facts.put("tenants", tenants.stream().map(JobReport::tenant).toList());
    facts.put("failures", failures.stream().map(JobReport::failure).toList());
    return new Statement(StatementKind.JOB_REPORT, VERSION, facts);
  }

  static String word(JobState end) {
    return end.name().toLowerCase(Locale.ROOT);
  }

  private static String text(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static Map<String, Object> tenant(TenantCounts tenant) {
    Map<String, Object> facts = counts(tenant.counts());
    facts.put("tenant", tenant.tenant());
    return facts;
  }

  private static Map<String, Object> counts(StoredJob.Counts counts) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("changed", counts.changed());
    facts.put("unchanged", counts.unchanged());
    facts.put("failed", counts.failed());
    return facts;
  }

  private static Map<String, Object> failure(Failure failure) {
    return Map.of(
        "tenant", failure.tenant(),
        "item", failure.item(),
        "reason", failure.reason(),
        "attempts", failure.attempts());
  }
}
