package dev.phial.gateway.cli;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.gateway.auth.LocalIssuer;
import dev.phial.gateway.auth.LocalIssuer.Realm;
import dev.phial.gateway.auth.TokenRequest;
import dev.phial.gateway.config.Admin;
import dev.phial.gateway.config.Auth;
import dev.phial.gateway.config.GatewayConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes tokens with a local issuer's key, when this user may read it. */
final class LocalTokens {
  private final Realm realm;
  private final Path key;

  private LocalTokens(Realm realm, Path key) {
    this.realm = realm;
    this.key = key;
  }

  /**
   * The issuer of a configuration.
   *
   * @throws CommandException when there is none or its key cannot be read
   */
  static LocalTokens of(Realm realm, GatewayConfig config) {
    Path key = auth(realm, config)
        .flatMap(Auth::localIssuer)
        .map(Auth.LocalIssuer::file)
        .orElseThrow(() -> new CommandException(
            ExitCode.CONFIG,
            "the configuration has no " + setting(realm) + ": give a token with " + given(realm)));
    if (!Files.isReadable(key)) {
      throw new CommandException(
          ExitCode.UNAVAILABLE,
          key
              + " cannot be read: the gateway makes it at its first start (./phial serve), readable by its own user only;"
              + " else give a token with " + given(realm));
    }
    return new LocalTokens(realm, key);
  }

  private static Optional<Auth> auth(Realm realm, GatewayConfig config) {
    return realm == Realm.DATA ? Optional.of(config.auth()) : config.admin().map(Admin::auth);
  }

  private static String setting(Realm realm) {
    return realm == Realm.DATA ? "auth.local_issuer" : "admin.auth.local_issuer";
  }

  private static String given(Realm realm) {
    return realm == Realm.DATA
        ? "--token-file or PHIAL_TOKEN"
        : "--token-file or PHIAL_ADMIN_TOKEN";
  }

  /** The name that was asked for, else this user's. */
  static String subject(@Nullable String asked) {
    return asked == null ? System.getProperty("user.name", "local") + "@localhost" : asked;
  }

  String mint(TokenRequest request) {
    return LocalIssuer.open(realm, key, FipsModule.start(), Clock.systemUTC()).mint(request);
  }
}
