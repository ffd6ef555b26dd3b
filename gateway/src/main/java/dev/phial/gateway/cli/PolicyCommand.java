package dev.phial.gateway.cli;

import dev.phial.gateway.policy.Explanation;
import dev.phial.gateway.policy.Loosening;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.policy.PolicyException;
import dev.phial.gateway.policy.PolicyLoader;
import dev.phial.gateway.yaml.Suggestion;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code phial policy}. */
@Command(
    name = "policy",
    description = "Works with policies.",
    subcommands = {PolicyCommand.Check.class, PolicyCommand.Explain.class, PolicyCommand.Diff.class
    },
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

  /** {@code phial policy diff}. */
  @Command(
      name = "diff",
      description = {
        "Says what a new policy lets happen that the old one does not: a role that sees more or counts for more purposes, an element",
        "that is protected otherwise or gone, routes, selectors and query parameters. Tells too much rather than too little.",
        "Exit code 0 when nothing is looser, 1 when something is, or may be."
      },
      footer = {"", "Example:", "  phial policy diff config/policy.yaml new-policy.yaml"},
      mixinStandardHelpOptions = true)
  static final class Diff implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "OLD", description = "the policy as it is")
    private Path old;

    @Parameters(index = "1", paramLabel = "NEW", description = "the policy as it would be")
    private Path changed;

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets them
    Diff() {}

    @Override
    public Integer call() {
      PolicyLoader loader = new PolicyLoader();
      List<String> looser = Loosening.between(loader.load(old), loader.load(changed));
      PrintWriter out = spec.commandLine().getOut();
      looser.forEach(line -> out.println(json ? line(line) : "looser: " + line));
      if (looser.isEmpty() && !json) {
        out.println("nothing is looser");
      }
      return looser.isEmpty() ? ExitCode.OK : ExitCode.REFUSED;
    }

    private static String line(String looser) {
      return JsonLine.write(fields -> fields.writeStringField("looser", looser));
    }
  }

  /** {@code phial policy explain}. */
  @Command(
      name = "explain",
      description =
          "Says what a policy does with each element: what is stored, where it is found, who sends and sees it, and how many wrong values a search by index finds.",
      footer = {
        "",
        "Examples:",
        "  phial policy explain config/policy.yaml",
        "  phial policy explain -e family_name --values 50000",
      },
      mixinStandardHelpOptions = true)
  static final class Explain implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(
        paramLabel = "FILE",
        defaultValue = "config/policy.yaml",
        description = "default: ${DEFAULT-VALUE}")
    private Path file;

    @Option(
        names = {"-e", "--element"},
        paramLabel = "ELEMENT",
        defaultValue = "",
        description = "this element only")
    private String element = "";

    @Option(
        names = "--values",
        paramLabel = "N",
        defaultValue = "100000",
        description =
            "among how many different values one is searched for; default: ${DEFAULT-VALUE}")
    private long values;

    @SuppressWarnings("NullAway.Init") // picocli sets both
    Explain() {}

    @Override
    public Integer call() {
      Policy policy = new PolicyLoader().load(file);
      if (!element.isEmpty() && policy.element(element).isEmpty()) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "--element: "
                + Suggestion.unknown("element", element, policy.elements().keySet()));
      }
      Explanation explanation = new Explanation(policy, values);
      new TreeMap<>(policy.elements())
          .values().stream()
              .filter(one -> element.isEmpty() || element.equals(one.name()))
              .flatMap(one -> explanation.of(one).stream())
              .forEach(spec.commandLine().getOut()::println);
      return 0;
    }
  }
}
