package dev.phial.gateway.cli;

import dev.phial.gateway.policy.PolicyLoader;
import dev.phial.masking.LogElement;
import dev.phial.masking.MaskingPolicy;
import dev.phial.masking.treat.PolicyMasker;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code phial mask}. */
@Command(
    name = "mask",
    description = {
      "Masks the 18 HIPAA identifiers in log lines: standard input or files in, masked lines out. Understands JSON, logfmt,",
      "key=value, syslog, OTLP, access logs, stack traces, CSV, SQL, HL7v2 and FHIR, also nested and encoded. Needs no gateway.",
      "",
      "What stands in place of a value is its kind between stars, *SSN*, whatever the format of the line. The time at the",
      "beginning of a line is the machine's own and stays. What is found is decided by keys, check digits, areas and words near",
      "by; docs/masking.md has every rule and the figures.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  tail -f app.log | phial mask",
      "  phial mask app.log 'archive/*.log.gz' --output masked/",
      "  phial mask --follow /var/log/app/app.log",
      "  phial mask --check test-data/ src/test/resources/*.json     (for CI: prints places, never values; exit code 1)",
      "  phial mask --report app.log >/dev/null",
      "  phial mask --policy limited-data-set visits.log              (dates stay)",
      "  phial mask --policy config/policy.yaml app.log               (its section 'logs')",
      "",
      "Tokens and digests need the keys of a gateway: this command refuses a policy that asks for them. Send the lines through",
      "the log gateway (docs/logs.md), or choose redact or mask for those elements.",
      "",
      "Exit codes: 0 done (with --check: nothing found), 1 something was found with --check or --fail, or a file could not be",
      "masked, 2 wrong usage, 78 the policy is wrong or needs keys; after a signal the signal's (130, 143), as --follow ends.",
    },
    mixinStandardHelpOptions = true)
public final class MaskCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      description =
          "files, folders or globs, also compressed with gzip; default: standard input, which is also -")
  private List<String> files = new ArrayList<>();

  @Option(
      names = {"-p", "--policy"},
      paramLabel = "POLICY",
      defaultValue = "safe-harbor",
      description = {
        "safe-harbor (all 18 kinds; the default), limited-data-set (dates and other numbers stay),",
        "or a policy file with a section 'logs'"
      })
  private String policy = "safe-harbor";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      description =
          "writes each file masked into this folder, under its own name; default: standard output")
  private @Nullable Path output;

  @Option(
      names = {"-f", "--follow"},
      description = {
        "masks the one file and goes on with what is added, until a signal, as tail -F does: also when the file is",
        "rotated or does not exist yet. A line is written when its end has come"
      })
  private boolean follow;

  @Option(
      names = "--max-ratio",
      paramLabel = "N",
      defaultValue = "100",
      description = {
        "how many times as large a compressed input may become (beyond 64 MiB); a bomb stops there instead of",
        "filling the disk. Memory is bounded whatever it is. Default: 100"
      })
  private int maxRatio = 100;

  @Option(
      names = "--report",
      description =
          "after the end, how many values of each kind were found, on standard error; no values")
  private boolean report;

  @Option(
      names = "--check",
      description =
          "writes no lines, only file, line and kinds of what is found; exit code 1 when there is something")
  private boolean check;

  @Option(
      names = "--fail",
      description = "masks as usual, and exit code 1 when something was found")
  private boolean fail;

  @Option(
      names = "--csv",
      description =
          "the first line of each input names the columns, and the names decide as keys do")
  private boolean csv;

  @Option(
      names = "--jsonl",
      description = {
        "reads {\"id\", \"text\"} a line, writes {\"id\", \"original\", \"masked\", \"pred\"} a line, with the places",
        "(in characters) and kinds of what was found: for measuring"
      })
  private boolean jsonl;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  public MaskCommand() {}

  @Override
  public Integer call() throws IOException {
    PolicyMasker masker = masker();
    CountDownLatch stopped = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    if (follow) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stopped, done), "phial-mask-end"));
    }
    try (OutputStream out =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
      return run(masker, out, stopped);
    } finally {
      done.countDown();
    }
  }

  /** The JVM exits when its shutdown hooks have run: this one waits until all is masked and reported. */
  private static void stop(CountDownLatch stopped, CountDownLatch done) {
    stopped.countDown();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Runs with another standard output, for tests.
   *
   * @param stopped ends {@code --follow}
   */
  int run(PolicyMasker masker, OutputStream out, CountDownLatch stopped) throws IOException {
    if (maxRatio < 1) {
      throw new IllegalArgumentException("--max-ratio must be 1 or more");
    }
    List<MaskInput> inputs = follow ? MaskInput.named(files) : MaskInput.of(files);
    if (follow && (inputs.size() != 1 || inputs.get(0).isStandard() || output != null)) {
      throw new IllegalArgumentException("--follow takes one file, and writes to standard output");
    }
    MaskReport found = new MaskReport();
    MaskProgress progress = MaskProgress.of(spec.commandLine().getErr(), out);
    boolean failed = false;
    for (MaskInput input : inputs) {
      try {
        if (follow) {
          follow(input, masker, out, found, progress, stopped);
        } else {
          mask(input, masker, out, found, progress);
        }
      } catch (MaskFailure e) {
        failed = true;
        note(String.valueOf(e.getMessage()));
      }
    }
    progress.end();
    if (report) {
      found.print(spec.commandLine().getErr());
    }
    spec.commandLine().getErr().flush();
    return failed || ((check || fail) && found.any()) ? ExitCode.REFUSED : ExitCode.OK;
  }

  private void mask(
      MaskInput input,
      PolicyMasker masker,
      OutputStream out,
      MaskReport found,
      MaskProgress progress)
      throws IOException {
    Path folder = output;
    if (folder == null || input.isStandard()) {
      try {
        work(input, masker, check ? OutputStream.nullOutputStream() : out, out, found, progress)
            .run(input, maxRatio);
      } finally {
        out.flush();
      }
    } else {
      try (OutputStream file = input.openMasked(folder)) {
        work(input, masker, check ? OutputStream.nullOutputStream() : file, out, found, progress)
            .run(input, maxRatio);
      }
    }
  }

  private void follow(
      MaskInput input,
      PolicyMasker masker,
      OutputStream out,
      MaskReport found,
      MaskProgress progress,
      CountDownLatch stopped) {
    OutputStream lines = check ? OutputStream.nullOutputStream() : out;
    new MaskFollow(
            Path.of(input.name()),
            () -> work(input, masker, lines, out, found, progress),
            out,
            this::note)
        .run(stopped);
  }

  private void note(String text) {
    spec.commandLine().getErr().println("phial: " + text);
    spec.commandLine().getErr().flush();
  }

  private MaskWork work(
      MaskInput input,
      PolicyMasker masker,
      OutputStream to,
      OutputStream places,
      MaskReport found,
      MaskProgress progress) {
    return new MaskWork(
        input.name(),
        masker,
        to,
        check ? Optional.of(places) : Optional.empty(),
        jsonl,
        csv,
        found,
        progress);
  }

  private PolicyMasker masker() {
    MaskingPolicy chosen = switch (policy) {
      case "safe-harbor" -> MaskingPolicy.safeHarbor();
      case "limited-data-set" -> MaskingPolicy.limitedDataSet();
      default -> ofFile(Path.of(policy));
    };
    Optional<LogElement> keyed = chosen.keyed();
    if (keyed.isPresent()) {
      throw new CommandException(
          ExitCode.CONFIG,
          "element " + keyed.get().name()
              + " is to become a token or a digest, and only a gateway has the keys for that;"
              + " send the lines through the log gateway (docs/logs.md), or give the element 'redact' or 'mask'");
    }
    return new PolicyMasker(chosen, Optional.empty());
  }

  private static MaskingPolicy ofFile(Path file) {
    return new PolicyLoader()
        .load(file)
        .logs()
        .orElseThrow(
            () -> new CommandException(
                ExitCode.CONFIG,
                file
                    + " has no section 'logs'; give it one, or use --policy safe-harbor or limited-data-set"));
  }
}
