package dev.phial.gateway.store;

import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.PGProperty;

/** The driver's properties: who we are, how lines are kept private, how long to wait. */
final class PostgresLogin {
  // SCRAM makes an HMAC key of the password, and the approved module takes keys from 112 bits on.
  private static final int LEAST_PASSWORD = 14;

  private final PostgresSettings settings;
  private final Optional<String> tls;

  PostgresLogin(PostgresSettings settings) {
    this.settings = settings;
    this.tls = settings.tls().map(PostgresTls::offer);
  }

  /** Everything but user and password. */
  Properties properties() {
    Properties properties = new Properties();
    String seconds = Long.toString(Math.max(1, settings.timeout().toSeconds()));
    PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
    PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
    PGProperty.SOCKET_TIMEOUT.set(properties, seconds);
    PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, seconds);
    PGProperty.TCP_KEEP_ALIVE.set(properties, true);
    PGProperty.APPLICATION_NAME.set(properties, "phial");
    // A standby answers with an older state, and takes no writes.
    PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
    // Details of an error hold the row that it is about.
    PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, false);
    // Never a password in the clear or under MD5, whatever the server asks for.
    PGProperty.REQUIRE_AUTH.set(
        properties, settings.password().isPresent() ? "scram-sha-256" : "none");
    PGProperty.GSS_ENC_MODE.set(properties, "disable");
    PGProperty.SSL_MODE.set(properties, tls.isPresent() ? "verify-full" : "disable");
    tls.ifPresent(number -> {
      PGProperty.SSL_FACTORY.set(properties, PostgresTls.class.getName());
      PGProperty.SSL_FACTORY_ARG.set(properties, number);
    });
    return properties;
  }

  String user() {
    return settings.user();
  }

  /** Read anew each time. Drivers want a text, which cannot be wiped. */
  Optional<String> password() {
    return settings.password().map(source -> {
      char[] secret = source.read();
      try {
        return sufficient(new String(secret));
      } finally {
        Arrays.fill(secret, '\0');
      }
    });
  }

  private static String sufficient(String password) {
    if (password.length() < LEAST_PASSWORD) {
      throw new StoreException("store.password must have " + LEAST_PASSWORD
          + " characters or more: the approved module takes no HMAC key under 112 bits; "
          + "give the role a longer one");
    }
    return password;
  }

  void forget() {
    tls.ifPresent(PostgresTls::withdraw);
  }
}
