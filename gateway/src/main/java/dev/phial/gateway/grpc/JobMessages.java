package dev.phial.gateway.grpc;

import com.google.protobuf.Timestamp;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.jobs.JobKind;
import dev.phial.gateway.jobs.JobView;
import dev.phial.gateway.jobs.Jobs;
import dev.phial.proto.v1.GetJobReportResponse;
import dev.phial.proto.v1.GetJobResponse;
import dev.phial.proto.v1.Job;
import dev.phial.proto.v1.JobFailure;
import dev.phial.proto.v1.JobState;
import dev.phial.proto.v1.ListJobsResponse;
import dev.phial.proto.v1.StartJobRequest;
import dev.phial.proto.v1.StartJobResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Jobs: between messages and their own words. */
final class JobMessages {
  private JobMessages() {}

  static Jobs.Order order(StartJobRequest request) {
    // More than an int becomes less than nothing, which is refused like any other wrong rate.
    return new Jobs.Order(
        kind(request.getKind()),
        Optional.of(request.getTenant()).filter(name -> !name.isEmpty()),
        request.getRate());
  }

  private static JobKind kind(dev.phial.proto.v1.JobKind kind) {
    return switch (kind) {
      case JOB_KIND_REWRAP -> JobKind.REWRAP;
      case JOB_KIND_UNSPECIFIED, UNRECOGNIZED ->
        throw new EngineException(RefusalCode.INVALID_VALUE, "kind must be REWRAP");
    };
  }

  static StartJobResponse counted(StartJobRequest request, long items) {
    return StartJobResponse.newBuilder()
        .setJob(Job.newBuilder()
            .setKind(request.getKind())
            .setTenant(request.getTenant())
            .setTotal(items))
        .build();
  }

  static GetJobResponse shown(JobView view) {
    return GetJobResponse.newBuilder()
        .setJob(job(view))
        .addAllFailures(view.failures().stream()
            .map(failure -> JobFailure.newBuilder()
                .setTenant(failure.tenant())
                .setItem(failure.item())
                .setReason(failure.reason())
                .setAttempts(failure.attempts())
                .build())
            .toList())
        .build();
  }

  static ListJobsResponse list(List<JobView> jobs) {
    return ListJobsResponse.newBuilder()
        .addAllJobs(jobs.stream().map(JobMessages::job).toList())
        .build();
  }

  static GetJobReportResponse report(JobView view) {
    if (!view.over()) {
      throw new EngineException(
          RefusalCode.KEY_STATE, "the job runs; its report is there when it has ended");
    }
    return GetJobReportResponse.newBuilder().setReport(view.report()).build();
  }

  static Job job(JobView view) {
    Job.Builder job = Job.newBuilder()
        .setId(view.id())
        .setKind(dev.phial.proto.v1.JobKind.valueOf("JOB_KIND_" + view.kind().name()))
        .setTenant(view.tenant())
        .setRate(view.rate())
        .setState(JobState.valueOf("JOB_STATE_" + view.state()))
        .setStartedBy(view.startedBy())
        .setStarted(timestamp(view.started()))
        .setTotal(view.counts().total())
        .setChanged(view.counts().changed())
        .setUnchanged(view.counts().unchanged())
        .setFailed(view.counts().failed())
        .setPerSecond(view.perSecond().orElse(0))
        .setHeld(view.held())
        .setCancelledBy(view.cancelledBy());
    view.ended().ifPresent(ended -> job.setEnded(timestamp(ended)));
    view.secondsLeft().ifPresent(job::setSecondsLeft);
    return job.build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
