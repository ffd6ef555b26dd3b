package dev.phial.gateway.cli;

import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.config.GatewayConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code phial token}. */
@Command(
    name = "token",
    description = {
      "Prints a JWT of the local issuer, good for 15 minutes on this machine's gateway.",
      "A token for data is not taken by the admin listener, and one for administration nowhere else."
    },
    footer = {
      "",
      "Examples:",
      "  curl -H \"Authorization: Bearer $(phial token --role clinician)\" http://127.0.0.1:8080/fhir/Patient/1001",
      "  grpcurl -plaintext -H \"Authorization: Bearer $(phial token --admin)\" 127.0.0.1:7444 phial.v1.AdminService/ListKeysets",
    },
    mixinStandardHelpOptions = true)
public final class TokenCommand implements Callable<Integer> {
  @Spec
  private CommandSpec spec;

  @Mixin
  private ConfigOptions config = new ConfigOptions();

  @Mixin
  private CallerOptions caller = new CallerOptions();

  @Option(
      names = "--admin",
      description = "a token for the admin listener, of admin.auth.local_issuer")
  private boolean admin;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec
  public TokenCommand() {}

  @Override
  public Integer call() {
    GatewayConfig loaded = config.load(System.getenv());
    String token = admin
        ? caller.mint(Realm.ADMIN, "security-officer", loaded)
        : caller.mint(Realm.DATA, "clinician", loaded);
    spec.commandLine().getOut().println(token);
    return ExitCode.OK;
  }
}
