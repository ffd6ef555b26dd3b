package dev.phial.gateway.cli;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.evidence.StatementVerifier;
import dev.phial.gateway.evidence.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code phial evidence}. */
@Command(
    name = "evidence",
    description = "Works with signed statements, such as the reports of jobs.",
    subcommands = {EvidenceCommand.Key.class, EvidenceCommand.Verify.class},
    mixinStandardHelpOptions = true)
public final class EvidenceCommand {

  /** {@code phial evidence key}. */
  @Command(
      name = "key",
      description = {
        "Prints the public half of the gateway's signing key as a JWK (RFC 7517): for those who verify its statements.",
        "Give it to them on a way of its own, before they need it, and let them compare the kid with you."
      },
      footer = {"", "Example:", "  phial evidence key >phial-evidence.jwk"},
      mixinStandardHelpOptions = true)
  static final class Key implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @SuppressWarnings("NullAway.Init") // picocli sets the spec
    Key() {}

    @Override
    public Integer call() {
      Path file = config.load(System.getenv()).evidence().key();
      try {
        Evidence evidence = Evidence.open(file, FipsModule.start(), Clock.systemUTC());
        spec.commandLine().getOut().println(evidence.publicKey());
        return ExitCode.OK;
      } catch (IllegalArgumentException e) {
        throw new CommandException(ExitCode.CONFIG, String.valueOf(e.getMessage()));
      }
    }
  }

  /** {@code phial evidence verify}. */
  @Command(
      name = "verify",
      description = {
        "Checks a signed statement with a public key alone, and prints what it says.",
        "Exit code 1, and nothing on standard output, when it is not authentic. Needs no gateway and no configuration."
      },
      footer = {
        "",
        "Examples:",
        "  phial evidence verify rewrap-report.jws --key phial-evidence.jwk",
        "  phial evidence verify rewrap-report.jws --key phial-evidence.jwk --json | jq .claims.facts"
      },
      mixinStandardHelpOptions = true)
  static final class Verify implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "the statement")
    private Path file;

    @Option(
        names = "--key",
        paramLabel = "KEY.jwk",
        required = true,
        description = "the public key, as `phial evidence key` printed it, or a JWK set of several")
    private Path key;

    @Option(names = "--json", description = "one JSON object: kind, key_id and claims")
    private boolean json;

    @SuppressWarnings("NullAway.Init") // picocli sets them
    Verify() {}

    @Override
    public Integer call() {
      Verdict verdict = verifier().verify(read(file));
      if (verdict instanceof Verdict.Authentic authentic) {
        spec.commandLine().getOut().println(json ? json(authentic) : text(authentic));
        return ExitCode.OK;
      }
      String reason = ((Verdict.NotAuthentic) verdict).reason();
      spec.commandLine().getErr().println(file + ": NOT AUTHENTIC: " + reason);
      return ExitCode.REFUSED;
    }

    private StatementVerifier verifier() {
      try {
        return StatementVerifier.of(read(key), FipsModule.start());
      } catch (IllegalArgumentException e) {
        throw new CommandException(ExitCode.USAGE, "--key (" + key + "): " + e.getMessage());
      }
    }

    private static String read(Path file) {
      try {
        if (Files.size(file) > StatementVerifier.MOST_CHARACTERS) {
          throw new CommandException(ExitCode.USAGE, file + " is larger than any statement");
        }
        // Other bytes than ASCII make no statement and no key; they must not make an error here.
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new CommandException(ExitCode.USAGE, file + " cannot be read");
      }
    }

    private static String json(Verdict.Authentic authentic) {
      return JsonLine.write(json -> {
        json.writeStringField("kind", authentic.kind().type());
        json.writeStringField("key_id", authentic.keyId());
        json.writeFieldName("claims");
        json.writeRawValue(authentic.claims());
      });
    }

    private String text(Verdict.Authentic authentic) {
      return file + ": authentic: " + authentic.kind().type() + ", signed by key "
          + authentic.keyId() + System.lineSeparator() + authentic.claims();
    }
  }
}
