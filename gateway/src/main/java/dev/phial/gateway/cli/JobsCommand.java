package dev.phial.gateway.cli;

import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.CancelJobRequest;
import dev.phial.proto.v1.GetJobReportRequest;
import dev.phial.proto.v1.GetJobRequest;
import dev.phial.proto.v1.GetJobResponse;
import dev.phial.proto.v1.Job;
import dev.phial.proto.v1.JobKind;
import dev.phial.proto.v1.JobState;
import dev.phial.proto.v1.ListJobsRequest;
import dev.phial.proto.v1.StartJobRequest;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phial jobs}. */
@Command(
    name = "jobs",
    description = {
      "Long work on keys, done by the gateways beside their calls, at a limited rate.",
      "A gateway that dies loses nothing: another one, or itself when it is back, goes on where it was. Each job ends with a signed report."
    },
    subcommands = {
      JobsCommand.Start.class,
      JobsCommand.ListJobs.class,
      JobsCommand.Show.class,
      JobsCommand.Cancel.class,
      JobsCommand.Report.class
    },
    mixinStandardHelpOptions = true)
final class JobsCommand {

  /** What can be done, as the shell writes it. */
  enum Kind {
    REWRAP;

    JobKind message() {
      return JobKind.valueOf("JOB_KIND_" + name());
    }
  }

  /** A command that may stay until a job has ended. */
  abstract static class Following extends AdminCommand {
    private static final long EVERY_MILLIS = 500;

    @Option(
        names = "--follow",
        description =
            "stay, and show how far it is, until it has ended; exit code 1 unless it has succeeded")
    private boolean follow;

    final int show(GetJobResponse first) {
      GetJobResponse last = follow ? followed(first) : first;
      print(List.of(last.getJob()), JobText::json, JobText::table);
      err().print(JobText.failures(last.getFailuresList()));
      err().flush();
      return !follow || last.getJob().getState() == JobState.JOB_STATE_SUCCEEDED
          ? ExitCode.OK
          : ExitCode.REFUSED;
    }

    private GetJobResponse followed(GetJobResponse first) {
      GetJobResponse job = first;
      String said = "";
      while (JobText.running(job.getJob())) {
        String line = JobText.progress(job.getJob());
        if (!line.equals(said)) {
          err().println(line);
          err().flush();
          said = line;
        }
        pause();
        job = get(first.getJob().getId());
      }
      return job;
    }

    final GetJobResponse get(String id) {
      return ask(admin -> admin.getJob(GetJobRequest.newBuilder().setId(id).build()));
    }

    private static void pause() {
      try {
        boolean unused = new CountDownLatch(1).await(EVERY_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandException(ExitCode.REFUSED, "interrupted; the job goes on");
      }
    }
  }

  /** {@code phial jobs start}. */
  @Command(
      name = "start",
      description = {
        "Starts a job.",
        "  rewrap  data keys under the current version of the key-encryption key (keys.kek); touches no data"
      },
      footer = {
        "",
        "Examples:",
        "  phial jobs start rewrap --dry-run",
        "  phial jobs start rewrap --follow",
        "  phial jobs start rewrap --tenant main --rate 5"
      },
      mixinStandardHelpOptions = true)
  static final class Start extends Following {
    @Parameters(paramLabel = "KIND", description = "what to do: rewrap")
    private Kind kind = Kind.REWRAP;

    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        description = "keys or tokens of one tenant only; without it, of all")
    private String tenant = "";

    @Option(
        names = "--rate",
        paramLabel = "N",
        description =
            "items in a second, at most; without it, as many as jobs.rate of the configuration says")
    private int rate;

    @Option(names = "--dry-run", description = "only say how many items there are")
    private boolean dryRun;

    @Override
    public Integer call() {
      if (rate < 0) {
        throw new CommandException(ExitCode.USAGE, "--rate: must be 1 or more");
      }
      StartJobRequest request = StartJobRequest.newBuilder()
          .setKind(kind.message())
          .setTenant(tenant)
          .setRate(rate)
          .setDryRun(dryRun)
          .build();
      Job job = ask(admin -> admin.startJob(request).getJob());
      if (dryRun) {
        return print(
            List.of(job),
            jobs -> JsonLine.write(json -> json.writeNumberField("items", job.getTotal()))
                + System.lineSeparator(),
            jobs -> "would look at " + job.getTotal() + " items; nothing was started"
                + System.lineSeparator());
      }
      return show(GetJobResponse.newBuilder().setJob(job).build());
    }
  }

  /** {@code phial jobs list}. */
  @Command(
      name = "list",
      description = "Lists the 100 jobs that were started last.",
      mixinStandardHelpOptions = true)
  static final class ListJobs extends AdminCommand {
    @Override
    public Integer call() {
      return print(
          ask(admin -> admin.listJobs(ListJobsRequest.getDefaultInstance()).getJobsList()),
          JobText::json,
          JobText::table);
    }
  }

  /** {@code phial jobs show}. */
  @Command(
      name = "show",
      description = "Shows a job, and on standard error what failed so far.",
      footer = {"", "Example:", "  phial jobs show --follow 5f0c9a3e-..."},
      mixinStandardHelpOptions = true)
  static final class Show extends Following {
    @Parameters(paramLabel = "JOB", description = "its id")
    private String id = "";

    @Override
    public Integer call() {
      return show(get(id));
    }
  }

  /** {@code phial jobs cancel}. */
  @Command(
      name = "cancel",
      description = {
        "Ends a job soon. What it has done stays done, and harms nobody; it ends with a report, too."
      },
      mixinStandardHelpOptions = true)
  static final class Cancel extends Following {
    @Parameters(paramLabel = "JOB", description = "its id")
    private String id = "";

    @Override
    public Integer call() {
      Job job = ask(this::cancel);
      return show(GetJobResponse.newBuilder().setJob(job).build());
    }

    private Job cancel(AdminServiceBlockingStub admin) {
      return admin.cancelJob(CancelJobRequest.newBuilder().setId(id).build()).getJob();
    }
  }

  /** {@code phial jobs report}. */
  @Command(
      name = "report",
      description = {
        "Prints the signed report of a job that has ended.",
        "`phial evidence verify` checks it, with nothing but the public key, and shows what it says."
      },
      footer = {
        "",
        "Example:",
        "  phial jobs report 5f0c9a3e-... >rewrap.jws",
        "  phial evidence verify rewrap.jws --key phial-evidence.jwk"
      },
      mixinStandardHelpOptions = true)
  static final class Report extends AdminCommand {
    @Parameters(paramLabel = "JOB", description = "its id")
    private String id = "";

    @Override
    public Integer call() {
      String report = ask(admin ->
          admin.getJobReport(GetJobReportRequest.newBuilder().setId(id).build()).getReport());
      return print(
          List.of(report),
          found -> JsonLine.write(json -> json.writeStringField("report", report))
              + System.lineSeparator(),
          found -> report + System.lineSeparator());
    }
  }
}
