package dev.phial.gateway.cli;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.auth.LocalIssuer;
import dev.phial.gateway.auth.TokenRequest;
import dev.phial.gateway.config.Auth;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** Makes tokens with the local issuer's key, when this user may read it. */
final class LocalTokens {
  private final Path key;

  private LocalTokens(Path key) {
    this.key = key;
  }

  /**
   * The issuer of a configuration.
   *
   * @throws CommandException when there is none or its key cannot be read
   */
  static LocalTokens of(Auth auth) {
    Path key = auth.localIssuer()
        .map(Auth.LocalIssuer::file)
        .orElseThrow(
            () -> new CommandException(
                ExitCode.CONFIG,
                "the configuration has no auth.local_issuer: give a token with --token-file or PHIAL_TOKEN"));
    if (!Files.isReadable(key)) {
      throw new CommandException(
          ExitCode.UNAVAILABLE,
          key
              + " cannot be read: the gateway makes it at its first start (./phial serve), readable by its own user only;"
              + " else give a token with --token-file or PHIAL_TOKEN");
    }
    return new LocalTokens(key);
  }

  String mint(
      String subject, String tenant, Set<String> roles, Set<String> purposes, Duration lifetime) {
    return LocalIssuer.open(key, FipsModule.start(), Clock.systemUTC())
        .mint(new TokenRequest(subject, tenant, roles, purposes, lifetime));
  }
}
