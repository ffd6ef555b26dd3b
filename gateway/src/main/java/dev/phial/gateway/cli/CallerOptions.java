package dev.phial.gateway.cli;

import dev.phial.gateway.config.Auth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** As whom a command calls: a token that is given, or one made by the local issuer. */
final class CallerOptions {
  private static final Duration LIFETIME = Duration.ofMinutes(15);

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "a file with the JWT to call with (default: $PHIAL_TOKEN, else one made by the local issuer)")
  @Nullable
  Path tokenFile;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      split = ",",
      description =
          "roles for a token of the local issuer (default: the one that fits the command)")
  List<String> roles = List.of();

  @Option(
      names = "--purpose",
      paramLabel = "CODE",
      defaultValue = "TREAT",
      description = "purpose of use for a token of the local issuer (default: ${DEFAULT-VALUE})")
  String purpose = "TREAT";

  @Option(
      names = "--as-tenant",
      paramLabel = "TENANT",
      defaultValue = "default",
      description = "tenant for a token of the local issuer (default: ${DEFAULT-VALUE})")
  String tenant = "default";

  /** The token to call with. */
  String token(String fittingRole, Map<String, String> environment, Supplier<Auth> auth) {
    Path file = tokenFile;
    if (file != null) {
      return read(file);
    }
    String variable = environment.getOrDefault("PHIAL_TOKEN", "");
    return variable.isEmpty() ? mint(fittingRole, auth.get()) : variable;
  }

  String mint(String fittingRole, Auth auth) {
    Set<String> wanted = roles.isEmpty() ? Set.of(fittingRole) : new LinkedHashSet<>(roles);
    String user = System.getProperty("user.name", "local");
    return LocalTokens.of(auth)
        .mint(user + "@localhost", tenant, wanted, Set.of(purpose), LIFETIME);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new CommandException(ExitCode.UNAVAILABLE, "--token-file: " + file + " cannot be read");
    }
  }
}
