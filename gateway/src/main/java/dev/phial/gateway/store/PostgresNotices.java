package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for {@code NOTIFY phial_keys}, which the tables' triggers send with each commit, on a connection of its own. While
 * that is down it is tried again, and its first success counts as a notice, since some may have been missed.
 */
final class PostgresNotices implements Watch {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresNotices.class);
  /** A dead line is noticed by asking: after so long without a notice the connection is tested. */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private static final Duration RECONNECT_AFTER = Duration.ofSeconds(2);

  private final PostgresSettings settings;
  private final PostgresLogin login;
  private final Runnable listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Connection current;
  private boolean failing;

  private PostgresNotices(PostgresSettings settings, PostgresLogin login, Runnable listener) {
    this.settings = settings;
    this.login = login;
    this.listener = listener;
  }

  static PostgresNotices listen(PostgresSettings settings, PostgresLogin login, Runnable listener) {
    PostgresNotices notices = new PostgresNotices(settings, login, listener);
    Thread thread = new Thread(notices::run, "phial-store-notices");
    thread.setDaemon(true);
    thread.start();
    return notices;
  }

  private void run() {
    while (isOpen()) {
      try (Connection connection = connect()) {
        current = connection;
        listenOn(connection);
      } catch (SQLException | RuntimeException | AssertionError e) {
        failed(e);
      }
      pause();
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = login.properties();
    properties.setProperty("user", login.user());
    login.password().ifPresent(password -> properties.setProperty("password", password));
    Connection connection = new Driver().connect(settings.url(), properties);
    if (connection == null) {
      throw new SQLException("the driver does not take " + settings.name());
    }
    return connection;
  }

  private void listenOn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN phial_keys");
    }
    recovered();
    listener.run();
    PGConnection line = connection.unwrap(PGConnection.class);
    while (isOpen()) {
      PGNotification[] notices = line.getNotifications((int) QUIET.toMillis());
      if (notices != null && notices.length > 0) {
        listener.run();
      } else if (!connection.isValid((int) settings.timeout().toSeconds() + 1)) {
        throw new SQLException("the connection for notices is dead");
      }
    }
  }

  private void recovered() {
    if (failing) {
      LOG.info("the store {} tells of changes again", settings.name());
    }
    failing = false;
  }

  private void failed(Throwable failure) {
    if (isOpen() && !failing) {
      LOG.warn(
          "the store {} does not tell of changes ({}); they are looked for at regular times",
          settings.name(),
          failure.getClass().getSimpleName());
      failing = true;
    }
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  private void pause() {
    try {
      boolean unused = closed.await(RECONNECT_AFTER.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed.countDown();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    Connection connection = current;
    if (connection != null) {
      abort(connection);
    }
  }

  /** Ends the wait for notices; closing would wait for it. */
  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException e) {
      LOG.debug("the connection for notices ended by itself", e);
    }
  }
}
