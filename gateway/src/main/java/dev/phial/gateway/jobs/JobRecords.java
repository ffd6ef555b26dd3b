package dev.phial.gateway.jobs;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.store.JobState;
import dev.phial.gateway.store.StoredJob;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What the audit log says of jobs: before each step, in whose name what will be done; at the end, the report's digest. */
final class JobRecords {
  private static final String CHANNEL = "job";

  private JobRecords() {}

  static AuditEvent step(StoredJob job, List<JobWork.Item> items) {
    return event(
        "job_step",
        job,
        Map.of(
            "job_kind",
            job.order().kind(),
            "items",
            items.stream().map(JobWork.Item::name).collect(Collectors.joining(","))));
  }

  static AuditEvent end(StoredJob job, JobState end, String report) {
    return event(
        "job_end",
        job,
        Map.of(
            "job_kind", job.order().kind(),
            "result", JobReport.word(end),
            "changed", String.valueOf(job.counts().changed()),
            "unchanged", String.valueOf(job.counts().unchanged()),
            "failed", String.valueOf(job.counts().failed()),
            "report_sha256", digest(report)));
  }

  private static AuditEvent event(String action, StoredJob job, Map<String, String> details) {
    return new AuditEvent(
        action,
        job.order().startedBy(),
        job.order().tenant(),
        "",
        CHANNEL,
        job.id(),
        "ok",
        List.of(),
        details);
  }

  private static String digest(String report) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256")
              .digest(report.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
