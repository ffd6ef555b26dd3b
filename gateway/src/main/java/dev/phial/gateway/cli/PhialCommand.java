package dev.phial.gateway.cli;

import dev.phial.gateway.GatewayStartException;
import dev.phial.gateway.config.ConfigException;
import dev.phial.gateway.demo.DemoCommand;
import dev.phial.gateway.demo.RecordsCommand;
import dev.phial.gateway.policy.PolicyException;
import io.grpc.StatusRuntimeException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The phial command. */
@Command(
    name = "phial",
    version = "phial 0.1.0",
    description =
        "Keeps protected health information sealed: a gateway in front of HTTP/FHIR data paths, and a gRPC API.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      ServeCommand.class,
      TokenizeCommand.class,
      DetokenizeCommand.class,
      EncryptCommand.class,
      DecryptCommand.class,
      DeidentifyCommand.class,
      IndexCommand.class,
      RetokenizeCommand.class,
      ReencryptCommand.class,
      MaskCommand.class,
      KeysCommand.class,
      TokensCommand.class,
      ApprovalsCommand.class,
      JobsCommand.class,
      PolicyCommand.class,
      AuditCommand.class,
      EvidenceCommand.class,
      PortableCommand.class,
      SelftestCommand.class,
      TokenCommand.class,
      HealthCommand.class,
      RecordsCommand.class,
    },
    footer = {
      "",
      "  bench           Prints our figures beside those of the FIPS module, in one run.",
      "",
      "Start here:",
      "  phial demo",
      "  phial serve --config config/phial.yaml",
      "  echo 536-27-8841 | phial tokenize --element ssn",
      "",
      "Exit codes: 0 done, 1 something was refused, 2 wrong usage, 69 not reachable, 75 waits for another person's approval, 78 wrong configuration.",
    })
public final class PhialCommand implements Runnable {
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  public PhialCommand() {}

  /** Runs a command line and gives its exit code. */
  public static int run(String... arguments) {
    return line().execute(arguments);
  }

  /** The command line, for tests that want its output. */
  public static CommandLine line() {
    return new CommandLine(new PhialCommand())
        .setExecutionExceptionHandler(PhialCommand::explain)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int explain(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (failure instanceof ConfigException || failure instanceof PolicyException) {
      err.println(failure.getMessage());
      return ExitCode.CONFIG;
    }
    err.println("phial: " + failure.getMessage());
    if (failure instanceof CommandException known) {
      return known.exitCode();
    }
    if (failure instanceof GatewayStartException) {
      return startFailure(failure, err);
    }
    if (failure instanceof StatusRuntimeException) {
      return ExitCode.REFUSED;
    }
    return failure instanceof IllegalArgumentException ? ExitCode.USAGE : ExitCode.SOFTWARE;
  }

  private static int startFailure(Exception failure, PrintWriter err) {
    boolean settings = failure.getCause() instanceof PolicyException
        || failure.getCause() instanceof IllegalArgumentException;
    if (!settings) {
      err.println("phial: the gateway did not start; nothing is left running");
    }
    return settings ? ExitCode.CONFIG : ExitCode.UNAVAILABLE;
  }
}
