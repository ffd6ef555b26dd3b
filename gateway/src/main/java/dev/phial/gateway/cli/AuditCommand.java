package dev.phial.gateway.cli;

import dev.phial.gateway.audit.AuditVerifier;
import dev.phial.gateway.audit.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code phial audit}. */
@Command(
    name = "audit",
    description = "Works with audit logs.",
    subcommands = AuditCommand.Verify.class,
    mixinStandardHelpOptions = true)
public final class AuditCommand {

  /** {@code phial audit verify}. */
  @Command(
      name = "verify",
      description =
          "Checks an audit log's hash chain and names the first bad record; exit code 1 when there is one.",
      footer = {"", "Example:", "  phial audit verify data/audit/audit.jsonl"},
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the audit log")
    private Path file;

    @SuppressWarnings("NullAway.Init") // picocli sets both
    Verify() {}

    @Override
    public Integer call() throws IOException {
      Verification found = new AuditVerifier().verify(file);
      if (found instanceof Verification.Intact intact) {
        spec.commandLine()
            .getOut()
            .println(file + ": whole, " + intact.head().seq() + " records, last hash "
                + intact.head().hash());
        return ExitCode.OK;
      }
      spec.commandLine().getErr().println(file + ": BROKEN: " + found);
      return ExitCode.REFUSED;
    }
  }
}
