package dev.phial.gateway.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * A PostgreSQL database through a pool of connections. Transactions are {@code READ COMMITTED}: every change of ours is
 * decided by one statement's condition or by a unique constraint, so nothing more is needed, and nothing is retried.
 */
final class PostgresDatabase implements Database {
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(30);
  private static final Duration KEEP_ALIVE = Duration.ofMinutes(2);

  private final PostgresSettings settings;
  private final PostgresLogin login;
  private final HikariDataSource pool;

  private PostgresDatabase(PostgresSettings settings, PostgresLogin login, HikariDataSource pool) {
    this.settings = settings;
    this.login = login;
    this.pool = pool;
  }

  static PostgresDatabase open(PostgresSettings settings) {
    PostgresLogin login = new PostgresLogin(settings);
    try {
      return open(settings, login);
    } catch (SQLException | RuntimeException | AssertionError e) {
      login.forget();
      throw e instanceof StoreException known ? known : cannotBeOpened(settings, e);
    }
  }

  private static PostgresDatabase open(PostgresSettings settings, PostgresLogin login)
      throws SQLException {
    HikariDataSource pool = new HikariDataSource(pooling(settings, login));
    try {
      new PostgresDatabase(settings, login, pool).requireDurable();
      PostgresMigrations.apply(pool, settings.name());
      return new PostgresDatabase(settings, login, pool);
    } catch (SQLException | RuntimeException | AssertionError e) {
      pool.close();
      throw e;
    }
  }

  private static StoreException cannotBeOpened(PostgresSettings settings, Throwable cause) {
    return new StoreException(
        "the store " + settings.name() + " cannot be opened (" + reason(cause)
            + "); see store.url in the configuration",
        cause);
  }

  /** What the server or the network said: neither repeats a secret. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).replaceAll("\\s+", " ");
  }

  private static HikariConfig pooling(PostgresSettings settings, PostgresLogin login) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("phial-store");
    config.setJdbcUrl(settings.url());
    config.setDataSourceProperties(login.properties());
    config.setCredentialsProvider(
        () -> Credentials.of(login.user(), login.password().orElse(null)));
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.timeout().toMillis());
    config.setValidationTimeout(Math.max(250, settings.timeout().toMillis() / 2));
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    config.setKeepaliveTime(KEEP_ALIVE.toMillis());
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setConnectionInitSql(session(settings.timeout()));
    return config;
  }

  /** A role or a server may be set up to acknowledge before it is on disk, or to wait for ever. */
  private static String session(Duration timeout) {
    return String.format(Locale.ROOT, """
        SELECT set_config('statement_timeout', '%1$d', false),
               set_config('lock_timeout', '%1$d', false),
               set_config('idle_in_transaction_session_timeout', '%2$d', false),
               set_config('synchronous_commit',
                 CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                      ELSE current_setting('synchronous_commit') END, false)""", timeout.toMillis(), 4 * timeout.toMillis());
  }

  /** What cannot be set for a session must be right already. */
  private void requireDurable() throws SQLException {
    require("server_encoding", "UTF8", "create the database with ENCODING 'UTF8'");
    require("fsync", "on", "acknowledged keys would be lost with the machine; switch it on");
  }

  private void require(String parameter, String value, String advice) throws SQLException {
    String found = with(connection -> setting(connection, parameter));
    if (!found.equals(value)) {
      throw new StoreException("the store " + settings.name() + " has " + parameter + "=" + found
          + ", and must have " + value + ": " + advice);
    }
  }

  private static String setting(Connection connection, String parameter) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW " + parameter)) {
      return row.next() ? row.getString(1) : "";
    }
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public String setting() {
    return "store.url";
  }

  @Override
  public int threads() {
    return settings.connections();
  }

  /** Of the statement, not of the transaction's beginning. */
  @Override
  public String now() {
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)";
  }

  @Override
  public TextList texts() {
    return new ArrayTexts();
  }

  @Override
  public <T> T with(SqlWork<T> work) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return work.run(connection);
    }
  }

  @Override
  public Watch watch(Runnable listener) {
    return PostgresNotices.listen(settings, login, listener);
  }

  @Override
  public void close() {
    pool.close();
    login.forget();
  }
}
