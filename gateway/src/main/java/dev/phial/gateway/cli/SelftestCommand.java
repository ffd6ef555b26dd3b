package dev.phial.gateway.cli;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.selftest.KnownAnswer;
import dev.phial.crypto.selftest.KnownAnswers;
import dev.phial.gateway.cli.vectors.Score;
import dev.phial.gateway.cli.vectors.VectorFile;
import dev.phial.gateway.cli.vectors.VectorFileException;
import dev.phial.gateway.cli.vectors.VectorFiles;
import dev.phial.gateway.cli.vectors.VectorRun;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code phial selftest}. */
@Command(
    name = "selftest",
    description = {
      "Asks the installed cryptographic module and Phial's own code for answers that are known: published ones (NIST, C2SP)",
      "and those of Phial's formats. Needs no gateway and no configuration. Exit code 1 when one is wrong.",
      "",
      "With --vectors it asks what published vector files ask, as they are distributed: Wycheproof's for AES-GCM, AES-FF1, AES",
      "key wrap (KW, KWP), HMAC and HKDF, and NIST ACVP's for AES-FF1 (internalProjection.json, or prompt.json with",
      "expectedResults.json). Engine \"composed\" is what Phial uses, \"module\" the cryptographic module by itself."
    },
    footer = {
      "",
      "Examples:",
      "  phial selftest",
      "  phial selftest --vectors aes_gcm_test.json aes_ff1_base10_test.json",
      "  phial selftest --json --vectors internalProjection.json",
      "",
      "Not applicable are valid inputs that this build refuses on purpose; each comes with the limit that it is outside of.",
      "Exit codes: 0 nothing wrong, 1 something wrong, 2 a file is missing or not understood (then nothing was asked)."
    },
    mixinStandardHelpOptions = true)
public final class SelftestCommand implements Callable<Integer> {
  private static final int LONG_FILE = 2000;

  @Spec
  private CommandSpec spec;

  @Option(names = "--json", description = "one JSON object a line instead of a table")
  private boolean json;

  @Option(
      names = "--vectors",
      paramLabel = "FILE",
      arity = "1..*",
      description = "published vector files to ask instead of the built-in answers")
  private List<Path> vectors = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  public SelftestCommand() {}

  @Override
  public Integer call() {
    return vectors.isEmpty() ? builtIn() : published();
  }

  private int builtIn() {
    List<KnownAnswer> answers = KnownAnswers.ask(FipsModule.start());
    PrintWriter out = spec.commandLine().getOut();
    answers.forEach(answer -> out.println(json ? json(answer) : row(answer)));
    long wrong = answers.stream().filter(answer -> !answer.right()).count();
    if (!json) {
      out.printf("%d right, %d wrong%n", answers.size() - wrong, wrong);
    }
    out.flush();
    return exitCode(wrong);
  }

  /** All files are read before one is asked: a mistake in the last shows at once. */
  private int published() {
    List<VectorFile> files = read();
    FipsModule module = FipsModule.start();
    PrintWriter out = spec.commandLine().getOut();
    if (!json) {
      VectorTable.head(out);
    }
    long wrong = 0;
    for (VectorFile file : files) {
      List<Score> scores = new VectorRun(module, done -> progress(file, done)).ask(file);
      scores.forEach(score -> print(out, score));
      wrong += scores.stream().mapToLong(score -> score.wrong().size()).sum();
    }
    if (!json) {
      out.printf("%d wrong%n", wrong);
    }
    out.flush();
    return exitCode(wrong);
  }

  private List<VectorFile> read() {
    try {
      return VectorFiles.read(vectors);
    } catch (VectorFileException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private void progress(VectorFile file, int done) {
    if (done % LONG_FILE == 0) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          Locale.ROOT, "%s: %d of %d vectors%n", file.name(), done, file.cases().size());
      err.flush();
    }
  }

  private void print(PrintWriter out, Score score) {
    if (json) {
      out.println(VectorTable.json(score));
    } else {
      VectorTable.row(out, score);
    }
    out.flush();
  }

  private static int exitCode(long wrong) {
    return wrong == 0 ? ExitCode.OK : ExitCode.REFUSED;
  }

  private static String row(KnownAnswer answer) {
    return String.format(
            Locale.ROOT,
            "%-5s  %-52s  %s",
            answer.right() ? "ok" : "WRONG",
            answer.what(),
            answer.note())
        .stripTrailing();
  }

  private static String json(KnownAnswer answer) {
    return JsonLine.write(line -> {
      line.writeStringField("asked", answer.what());
      line.writeBooleanField("right", answer.right());
      line.writeStringField("note", answer.note());
    });
  }
}
