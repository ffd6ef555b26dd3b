package dev.phial.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.fips.FipsModule;
import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.tls.ClientTlsFiles;
import dev.phial.gateway.tls.TestCertificates;
import dev.phial.gateway.tls.TlsContexts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

@Timeout(180)
class PostgresStoreTest extends KeysetStoreContractTest {
  private static final Duration SHORT = Duration.ofMillis(1500);

  private PostgresSettings settings =
      new PostgresSettings("", "", "", Optional.empty(), Optional.empty(), 2, SHORT);

  @Override
  KeysetStore open() {
    PostgresServer server = PostgresServer.shared();
    settings = server.settings(server.newDatabase());
    return again();
  }

  /** Another gateway on the same database. */
  private SqlStore again() {
    return SqlStore.postgresql(settings, InstantSource.system());
  }

  @Test
  void keeps_what_it_has_when_opened_again() throws Exception {
    StoredKeyset created = keyset("north", KeyPurpose.TOKENIZE, -1);
    try (KeysetStore first = again()) {
      await(first.create(created));
      await(first.create(StoredPin.first("north", "ssn", 1)));
    }
    try (KeysetStore second = again()) {
      assertThat(await(second.find("north", KeyPurpose.TOKENIZE))).contains(created);
      assertThat(await(second.pin("north", "ssn"))).contains(StoredPin.first("north", "ssn", 1));
    }
  }

  @Test
  void lets_one_of_two_processes_win() throws Exception {
    try (KeysetStore here = again();
        KeysetStore there = again()) {
      StoredKeyset first = keyset("north", KeyPurpose.ENCRYPT, 1);
      assertThat(await(here.create(first))).isTrue();
      assertThat(await(there.create(keyset("north", KeyPurpose.ENCRYPT, 2)))).isFalse();
      assertThat(await(there.compareAndSet(Rotated.by(first, version(2))))).isTrue();
      assertThat(await(here.compareAndSet(Rotated.by(first, version(2))))).isFalse();
    }
  }

  @Test
  @SuppressWarnings("try") // the watch lives as long as the block
  void tells_the_others_of_a_change() throws Exception {
    try (KeysetStore here = again();
        KeysetStore there = again()) {
      CountDownLatch listening = new CountDownLatch(1);
      CountDownLatch told = new CountDownLatch(2);
      try (Watch watch = there.watch(() -> {
        listening.countDown();
        told.countDown();
      })) {
        assertThat(listening.await(60, TimeUnit.SECONDS)).isTrue();
        await(here.create(keyset("north", KeyPurpose.ENCRYPT, 1)));
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(await(there.find("north", KeyPurpose.ENCRYPT))).isPresent();
      }
    }
  }

  @Test
  @SuppressWarnings("try") // the watch lives as long as the block
  void tells_again_after_its_line_was_cut() throws Exception {
    try (KeysetStore store = again()) {
      BlockingQueue<Boolean> told = new LinkedBlockingQueue<>();
      try (Watch watch = store.watch(() -> told.add(true))) {
        assertThat(told.poll(60, TimeUnit.SECONDS)).isTrue();
        PostgresServer.shared()
            .sql(
                settings.database(),
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND query = 'LISTEN phial_keys'");
        assertThat(told.poll(60, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /** Threat T20: the pages of the table, as who has the disk reads them. */
  @Test
  void T20_nothing_of_a_destroyed_key_is_left_on_the_tables_pages_after_a_scrub() throws Exception {
    PostgresServer server = PostgresServer.shared();
    try (KeysetStore store = again()) {
      List<byte[]> gone = destroyMany(store, 100);
      server.sql(settings.database(), "VACUUM key_version");
      assertThat(onPages(gone)).as("a plain VACUUM is not enough").isPositive();
      assertThat(await(store.scrub())).isTrue();
      assertThat(onPages(gone)).isZero();
      assertThat(onPages(kept(store))).isEqualTo(100);
    }
  }

  @Test
  void says_when_a_transaction_keeps_old_rows_alive_and_scrubs_when_it_has_gone() throws Exception {
    try (KeysetStore store = again()) {
      List<byte[]> gone;
      try (Connection reader = PostgresServer.shared().connect(settings.database())) {
        reader.setAutoCommit(false);
        reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        text(reader, "SELECT count(*) FROM pin");
        gone = destroyMany(store, 3);
        assertThat(await(store.scrub())).isFalse();
        assertThat(onPages(gone)).isPositive();
      }
      assertThat(await(store.scrub())).isTrue();
      assertThat(onPages(gone)).isZero();
    }
  }

  private long onPages(List<byte[]> keys) throws Exception {
    PostgresServer server = PostgresServer.shared();
    server.sql(settings.database(), "CHECKPOINT");
    return StoreBytes.found(server.files(settings.database()), keys);
  }

  @Test
  void may_be_opened_for_the_first_time_by_several_at_once() throws Exception {
    PostgresServer server = PostgresServer.shared();
    settings = server.settings(server.newDatabase());
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<KeysetStore> opening = this::again;
      for (Future<KeysetStore> opened :
          threads.invokeAll(List.of(opening, opening, opening, opening))) {
        opened.get().close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void refuses_a_schema_that_a_newer_version_wrote() {
    PostgresServer.shared().sql(settings.database(), """
        INSERT INTO phial_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
        VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'x', 1, true)""");
    assertThatThrownBy(this::again)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has schema 99, written by a newer Phial");
  }

  /** A store as the release before second KEKs left it. */
  @Test
  void brings_a_store_with_one_kek_for_each_key_up_to_date() throws Exception {
    PostgresServer server = PostgresServer.shared();
    settings = server.settings(server.newDatabase());
    try (Connection connection = server.connect(settings.database())) {
      PGSimpleDataSource database = new PGSimpleDataSource();
      database.setUrl(connection.getMetaData().getURL());
      database.setUser(PostgresServer.USER);
      database.setPassword(PostgresServer.PASSWORD);
      Flyway.configure()
          .dataSource(database)
          .locations("classpath:dev/phial/gateway/store/postgresql")
          .table("phial_schema_history")
          .target("3")
          .load()
          .migrate();
    }
    server.sql(settings.database(), SchemaThree.ROWS.replace("WRAPPED", "'\\x00ff01'"));
    try (KeysetStore store = again()) {
      SchemaThree.isWhole(store);
    }
  }

  @Test
  void refuses_a_schema_of_somebody_else() {
    PostgresServer server = PostgresServer.shared();
    settings = server.settings(server.newDatabase());
    server.sql(settings.database(), "CREATE TABLE patients (name text)");
    assertThatThrownBy(this::again)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("give Phial a database or schema of its own");
  }

  @Test
  void reports_a_row_that_it_cannot_understand() throws Exception {
    try (KeysetStore store = again()) {
      await(store.create(keyset("north", KeyPurpose.TOKENIZE, 4)));
      PostgresServer.shared().sql(settings.database(), "UPDATE key_version SET kek = 'nowhere'");
      assertThatThrownBy(() -> await(store.find("north", KeyPurpose.TOKENIZE)))
          .hasCauseInstanceOf(StoreException.class);
      await(store.check());
    }
  }

  @Test
  void says_what_is_wrong_with_a_log_in_and_not_the_password() {
    PostgresServer server = PostgresServer.shared();
    String wrong = "not the password at all";
    assertThatThrownBy(() -> SqlStore.postgresql(
            server.settings(settings.database(), wrong, Optional.empty(), Duration.ofSeconds(5)),
            InstantSource.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("password authentication failed")
        .hasMessageContaining("store.url")
        .hasMessageNotContaining(wrong);
  }

  @Test
  void refuses_a_password_that_the_approved_module_would_not_take() {
    PostgresServer server = PostgresServer.shared();
    assertThatThrownBy(() -> SqlStore.postgresql(
            server.settings(settings.database(), "short", Optional.empty(), Duration.ofSeconds(5)),
            InstantSource.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("14 characters or more")
        .hasMessageNotContaining("short");
  }

  @Test
  void speaks_tls_of_the_approved_module_and_checks_who_answers(@TempDir Path folder)
      throws Exception {
    PostgresServer server = PostgresServer.shared();
    TlsContexts tls = new TlsContexts(FipsModule.start());
    PostgresSettings secure = server.settings(
        settings.database(),
        PostgresServer.PASSWORD,
        Optional.of(tls.clientSockets(server.tls())),
        Duration.ofSeconds(20));
    try (SqlStore store = SqlStore.postgresql(secure, InstantSource.system())) {
      await(store.check());
      assertThat(count("SELECT count(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)"
              + " WHERE a.application_name = 'phial' AND a.datname = current_database()"
              + " AND s.ssl AND s.version = 'TLSv1.3'"))
          .isPositive();
    }
    ClientTlsFiles stranger = TestCertificates.in(folder, "stranger").client();
    PostgresSettings mistrusting = server.settings(
        settings.database(),
        PostgresServer.PASSWORD,
        Optional.of(tls.clientSockets(stranger)),
        Duration.ofSeconds(5));
    assertThatThrownBy(() -> SqlStore.postgresql(mistrusting, InstantSource.system()))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void is_durable_whatever_the_role_was_set_up_with() throws Exception {
    PostgresServer server = PostgresServer.shared();
    server.sql(
        settings.database(),
        "ALTER DATABASE " + settings.database() + " SET synchronous_commit = off");
    try (PostgresDatabase database = PostgresDatabase.open(settings)) {
      assertThat(database.<String>with(connection -> text(connection, "SHOW synchronous_commit")))
          .isEqualTo("on");
    }
  }

  @Test
  void refuses_at_once_what_finds_the_line_full_and_holds_no_more_connections_than_told()
      throws Exception {
    PostgresSettings patient = PostgresServer.shared()
        .settings(
            settings.database(), PostgresServer.PASSWORD, Optional.empty(), Duration.ofSeconds(10));
    try (SqlStore store = SqlStore.postgresql(patient, InstantSource.system());
        Connection blocker = PostgresServer.shared().connect(settings.database())) {
      blocker.setAutoCommit(false);
      lock(blocker);
      List<CompletionStage<StoredPin>> waiting = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        waiting.add(pin(store, "e" + i));
      }
      assertThatThrownBy(() -> await(waiting.get(2_999)))
          .hasCauseInstanceOf(StoreException.class)
          .hasMessageContaining("operations waiting already");
      assertThat(count("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'phial'"
              + " AND datname = current_database()"))
          .isBetween(1L, 5L + 4L);
      blocker.rollback();
      assertThat(await(waiting.get(0)).version()).isEqualTo(1);
    }
  }

  @Test
  void answers_in_time_when_the_database_does_not() throws Exception {
    PostgresSettings hasty = PostgresServer.shared()
        .settings(settings.database(), PostgresServer.PASSWORD, Optional.empty(), SHORT);
    try (SqlStore store = SqlStore.postgresql(hasty, InstantSource.system());
        Connection blocker = PostgresServer.shared().connect(settings.database())) {
      blocker.setAutoCommit(false);
      lock(blocker);
      assertThatThrownBy(() -> await(pin(store, "ssn")))
          .hasCauseInstanceOf(StoreException.class)
          .hasMessageContaining("store.url");
      blocker.rollback();
      assertThat(await(pin(store, "mrn")).version()).isEqualTo(1);
    }
  }

  @Test
  void refuses_while_the_server_is_away_and_works_again_when_it_is_back() throws Exception {
    try (PostgresServer server = PostgresServer.own()) {
      PostgresSettings own = server.settings(
          server.newDatabase(), PostgresServer.PASSWORD, Optional.empty(), Duration.ofSeconds(10));
      try (SqlStore store = SqlStore.postgresql(own, InstantSource.system())) {
        await(pin(store, "ssn"));
        server.stop();
        assertThatThrownBy(() -> await(pin(store, "ssn")))
            .hasCauseInstanceOf(StoreException.class)
            .hasMessageContaining("postgresql://127.0.0.1:" + server.port());
        server.start();
        assertThat(untilBack(store)).isEqualTo(1);
      }
    }
  }

  private static CompletionStage<StoredPin> pin(SqlStore store, String element) {
    return store.create(StoredPin.first("north", element, 1));
  }

  private static int untilBack(SqlStore store) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        return await(pin(store, "ssn")).version();
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(StoreException.class);
        assertThat(attempt).isLessThan(20);
      }
    }
  }

  private static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE pin IN ACCESS EXCLUSIVE MODE");
    }
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = PostgresServer.shared().connect(settings.database())) {
      return Long.parseLong(text(connection, sql));
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
