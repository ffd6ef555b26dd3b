package dev.phial.gateway.cli;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.selftest.KnownAnswer;
import dev.phial.crypto.selftest.KnownAnswers;
import java.io.PrintWriter;
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
      "and those of Phial's formats. Needs no gateway and no configuration. Exit code 1 when one is wrong."
    },
    mixinStandardHelpOptions = true)
public final class SelftestCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Option(names = "--json", description = "one JSON object a line instead of a table")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  public SelftestCommand() {}

  @Override
  public Integer call() {
    List<KnownAnswer> answers = KnownAnswers.ask(FipsModule.start());
    PrintWriter out = spec.commandLine().getOut();
    answers.forEach(answer -> out.println(json ? json(answer) : row(answer)));
    long wrong = answers.stream().filter(answer -> !answer.right()).count();
    if (!json) {
      out.printf("%d right, %d wrong%n", answers.size() - wrong, wrong);
    }
    out.flush();
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
