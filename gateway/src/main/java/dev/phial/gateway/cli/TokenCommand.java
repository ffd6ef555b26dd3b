package dev.phial.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code phial token}. */
@Command(
    name = "token",
    description =
        "Prints a JWT of the local issuer, good for 15 minutes on this machine's gateway.",
    footer = {
      "",
      "Example:",
      "  curl -H \"Authorization: Bearer $(phial token --role clinician)\" http://127.0.0.1:8080/fhir/Patient/1001",
    },
    mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions config = new ConfigOptions();

  @Mixin
  private CallerOptions caller = new CallerOptions();

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  public TokenCommand() {}

  @Override
  public Integer call() {
    spec.commandLine()
        .getOut()
        .println(caller.mint("clinician", config.load(System.getenv()).auth()));
    return ExitCode.OK;
  }
}
