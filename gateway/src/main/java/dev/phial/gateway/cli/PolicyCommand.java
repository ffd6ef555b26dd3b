package dev.phial.gateway.cli;

import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.PolicyException;
import dev.phial.gateway.policy.PolicyLoader;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code phial policy}. */
@Command(
    name = "policy",
    description = "Works with policies.",
    subcommands = PolicyCommand.Check.class,
    mixinStandardHelpOptions = true)
public final class PolicyCommand {

  /** {@code phial policy check}. */
  @Command(
      name = "check",
      description =
          "Reports every error of a policy with line and reason; exit code 1 when there is one.",
      footer = {"", "Example:", "  phial policy check config/policy.yaml"},
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
        paramLabel = "FILE",
        defaultValue = "config/policy.yaml",
        description = "default: ${DEFAULT-VALUE}")
    private Path file;

    @SuppressWarnings("NullAway.Init") // picocli sets both
    Check() {}

    @Override
    public Integer call() {
      try {
        Policy policy = new PolicyLoader().load(file);
        spec.commandLine()
            .getOut()
            .println(file + ": ok: " + policy.elements().size() + " elements, "
                + policy.httpRoutes().size() + " routes, " + policy.roles().size() + " roles");
        return 0;
      } catch (PolicyException e) {
        e.problems().forEach(problem -> spec.commandLine().getErr().println(problem));
        spec.commandLine().getErr().println(e.problems().size() + " problem(s)");
        return 1;
      }
    }
  }
}
