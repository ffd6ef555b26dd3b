package dev.phial.gateway.cli;

import com.google.protobuf.Timestamp;
import dev.phial.proto.v1.Job;
import dev.phial.proto.v1.JobFailure;
import dev.phial.proto.v1.JobState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Jobs as a table, as JSON, and as a line of progress. */
final class JobText {
  private static final String ROW = "%-36s  %-6s  %-16s  %-10s  %9s  %9s  %6s  %-20s%n";

  private JobText() {}

  static String table(List<Job> jobs) {
    StringBuilder text = new StringBuilder(String.format(
        Locale.ROOT, ROW, "JOB", "KIND", "TENANT", "STATE", "DONE", "TOTAL", "FAILED", "STARTED"));
    jobs.forEach(job -> text.append(String.format(
        Locale.ROOT,
        ROW,
        job.getId(),
        kind(job),
        job.getTenant().isEmpty() ? "(all)" : job.getTenant(),
        state(job),
        done(job),
        job.getTotal(),
        job.getFailed(),
        time(job.getStarted()))));
    return text.toString();
  }

  static String json(List<Job> jobs) {
    StringBuilder lines = new StringBuilder();
    jobs.forEach(job -> lines.append(json(job)).append(System.lineSeparator()));
    return lines.toString();
  }

  private static String json(Job job) {
    return JsonLine.write(json -> {
      json.writeStringField("id", job.getId());
      json.writeStringField("kind", kind(job));
      json.writeStringField("tenant", job.getTenant());
      json.writeStringField("state", state(job));
      json.writeNumberField("rate", job.getRate());
      json.writeStringField("started_by", job.getStartedBy());
      json.writeStringField("started", time(job.getStarted()));
      if (job.hasEnded()) {
        json.writeStringField("ended", time(job.getEnded()));
      }
      json.writeNumberField("total", job.getTotal());
      json.writeNumberField("changed", job.getChanged());
      json.writeNumberField("unchanged", job.getUnchanged());
      json.writeNumberField("failed", job.getFailed());
      json.writeBooleanField("held", job.getHeld());
      if (job.hasSecondsLeft()) {
        json.writeNumberField("seconds_left", job.getSecondsLeft());
      }
      if (!job.getCancelledBy().isEmpty()) {
        json.writeStringField("cancelled_by", job.getCancelledBy());
      }
    });
  }

  static String failures(List<JobFailure> failures) {
    StringBuilder text = new StringBuilder();
    failures.forEach(failure -> text.append(String.format(
        Locale.ROOT,
        "failed: tenant %s, item %s: %s, tried %d times%n",
        failure.getTenant(),
        failure.getItem(),
        failure.getReason(),
        failure.getAttempts())));
    return text.toString();
  }

  /** One line that says how far a job is. */
  static String progress(Job job) {
    String speed =
        job.getPerSecond() > 0 ? String.format(Locale.ROOT, ", %.1f/s", job.getPerSecond()) : "";
    String left = job.hasSecondsLeft() ? ", " + job.getSecondsLeft() + " s left" : "";
    String waiting = running(job) && !job.getHeld() ? ", waits for a gateway" : "";
    return String.format(
        Locale.ROOT,
        "%s: %d of %d done, %d failed%s%s%s",
        state(job),
        done(job),
        job.getTotal(),
        job.getFailed(),
        speed,
        left,
        waiting);
  }

  static boolean running(Job job) {
    return job.getState() == JobState.JOB_STATE_RUNNING;
  }

  private static long done(Job job) {
    return job.getChanged() + job.getUnchanged();
  }

  private static String kind(Job job) {
    return job.getKind().name().replace("JOB_KIND_", "").toLowerCase(Locale.ROOT);
  }

  private static String state(Job job) {
    return job.getState().name().replace("JOB_STATE_", "").toLowerCase(Locale.ROOT);
  }

  private static String time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds()).toString();
  }
}
