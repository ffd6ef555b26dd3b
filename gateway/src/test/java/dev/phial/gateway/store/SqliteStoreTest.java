package dev.phial.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.phial.crypto.key.KeyPurpose;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends KeysetStoreContractTest {
  @TempDir
  Path directory = Path.of("");

  private Path file() {
    return directory.resolve("data/phial.db");
  }

  @Override
  KeysetStore open() {
    return SqlStore.sqlite(file(), InstantSource.system());
  }

  private static void sql(Path file, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  @Test
  void keeps_what_it_has_when_opened_again() throws Exception {
    StoredKeyset created = keyset("north", KeyPurpose.TOKENIZE, -1);
    try (KeysetStore first = open()) {
      await(first.create(created));
      await(first.create(StoredPin.first("north", "ssn", 1)));
    }
    try (KeysetStore second = open()) {
      assertThat(await(second.find("north", KeyPurpose.TOKENIZE))).contains(created);
      assertThat(await(second.pin("north", "ssn"))).contains(StoredPin.first("north", "ssn", 1));
    }
  }

  @Test
  void makes_its_files_for_the_owner_only() throws Exception {
    await(openedWithSomething().check());
    assertThat(mode(file().resolveSibling(""))).isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(file().resolveSibling(""))) {
      assertThat(files)
          .hasSizeGreaterThan(1)
          .allSatisfy(file -> assertThat(mode(file)).isEqualTo("rw-------"));
    }
  }

  private KeysetStore openedWithSomething() throws Exception {
    KeysetStore store = open();
    await(store.create(keyset("north", KeyPurpose.TOKENIZE, 4)));
    return store;
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void refuses_a_file_that_others_may_read() throws Exception {
    open().close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("chmod 600 " + file());
  }

  @Test
  void refuses_a_schema_that_a_newer_version_wrote() throws Exception {
    open().close();
    sql(file(), "PRAGMA user_version = 99");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has schema 99, written by a newer Phial");
  }

  @Test
  void brings_a_store_of_the_first_schema_up_to_date() throws Exception {
    Path old = Files.createFile(
        directory.resolve("old.db"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (InputStream script = SqlStore.class.getResourceAsStream("V1__keys.sql")) {
      sql(old, new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    sql(
        old,
        "INSERT INTO pin (tenant, element, version, created_ms) VALUES ('north', 'ssn', 3, 1)");
    sql(old, "PRAGMA user_version = 1");
    try (KeysetStore store = SqlStore.sqlite(old, InstantSource.system())) {
      assertThat(await(store.pin("north", "ssn"))).contains(StoredPin.first("north", "ssn", 3));
    }
  }

  /** A store as the release before second KEKs left it. */
  @Test
  void brings_a_store_with_one_kek_for_each_key_up_to_date() throws Exception {
    Path old = Files.createFile(
        directory.resolve("old.db"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    for (String step : List.of("V1__keys.sql", "V2__pin_moves.sql", "V3__vaulted_tokens.sql")) {
      try (InputStream script = SqlStore.class.getResourceAsStream(step)) {
        sql(old, new String(script.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    sql(old, SchemaThree.ROWS.replace("WRAPPED", "x'00ff01'"));
    sql(old, "PRAGMA user_version = 3");
    try (KeysetStore store = SqlStore.sqlite(old, InstantSource.system())) {
      SchemaThree.isWhole(store);
    }
  }

  @Test
  void a_replica_that_is_silent_is_not_heard_and_at_last_forgotten() throws Exception {
    try (KeysetStore store = open()) {
      await(store.heard(new Replica("silent", 1, Set.of())));
      await(store.heard(new Replica("ahead", 1, Set.of())));
      sql(file(), "UPDATE replica SET heard_ms = heard_ms - 60000 WHERE id = 'silent'");
      sql(file(), "UPDATE replica SET heard_ms = heard_ms + 60000 WHERE id = 'ahead'");
      assertThat(await(store.replicas(Duration.ofSeconds(30)))).isEmpty();
      assertThat(await(store.replicas(Duration.ofSeconds(90)))).hasSize(2);
      sql(file(), "UPDATE replica SET heard_ms = heard_ms - 90000000 WHERE id = 'silent'");
      await(store.heard(new Replica("other", 1, Set.of())));
      assertThat(await(store.replicas(Duration.ofDays(900))))
          .extracting(Replica::id)
          .containsExactly("ahead", "other");
    }
  }

  @Test
  void refuses_a_file_that_is_no_database() throws Exception {
    Path other = Files.createFile(
        directory.resolve("other.db"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(other, "not a database, but long enough to be looked at as one ".repeat(40));
    assertThatThrownBy(() -> SqlStore.sqlite(other, InstantSource.system()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(other.toString());
  }

  @Test
  void migrates_as_a_whole_or_not_at_all() throws Exception {
    Path other = Files.createFile(
        directory.resolve("other.db"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    // The script's second statement cannot succeed, so its first must not stay.
    sql(other, "CREATE TABLE key_version (unexpected TEXT)");
    assertThatThrownBy(() -> SqlStore.sqlite(other, InstantSource.system()))
        .isInstanceOf(StoreException.class);
    sql(other, "DROP TABLE key_version");
    SqlStore.sqlite(other, InstantSource.system()).close();
  }

  @Test
  void reports_a_row_that_it_cannot_understand() throws Exception {
    try (KeysetStore store = open()) {
      await(store.create(keyset("north", KeyPurpose.TOKENIZE, 4)));
      sql(file(), "UPDATE key_version SET kek = 'nowhere'");
      assertThatThrownBy(() -> await(store.find("north", KeyPurpose.TOKENIZE)))
          .hasCauseInstanceOf(StoreException.class);
      await(store.check());
    }
  }

  /** Threat T20. */
  @Test
  void T20_nothing_of_a_destroyed_key_is_left_in_its_files_after_a_scrub() throws Exception {
    Path folder = file().resolveSibling("");
    try (KeysetStore store = open();
        KeysetStore other = open()) {
      await(other.check());
      List<byte[]> gone = destroyMany(store, 300);
      assertThat(StoreBytes.found(folder, gone)).as("without a scrub").isPositive();
      assertThat(await(store.scrub())).isTrue();
      assertThat(StoreBytes.found(folder, gone)).isZero();
      assertThat(StoreBytes.found(folder, kept(store))).isEqualTo(300);
      assertThat(Files.size(file().resolveSibling("phial.db-wal"))).isZero();
    }
  }

  @Test
  void says_when_a_reader_keeps_old_rows_alive_and_scrubs_when_it_has_gone() throws Exception {
    try (KeysetStore store = open()) {
      List<byte[]> gone = destroyMany(store, 3);
      try (Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file());
          Statement statement = reader.createStatement()) {
        statement.execute("BEGIN");
        statement.executeQuery("SELECT count(*) FROM key_version").close();
        assertThat(await(store.scrub())).isFalse();
      }
      assertThat(await(store.scrub())).isTrue();
      assertThat(StoreBytes.found(file().resolveSibling(""), gone)).isZero();
    }
  }

  @RepeatedTest(10)
  void may_be_opened_for_the_first_time_by_several_at_once() throws Exception {
    Path shared = directory.resolve("shared/phial.db");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Callable<KeysetStore> opening = () -> SqlStore.sqlite(shared, InstantSource.system());
      for (Future<KeysetStore> opened :
          threads.invokeAll(List.of(opening, opening, opening, opening))) {
        opened.get().close();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void lets_one_of_two_processes_win() throws Exception {
    try (KeysetStore here = open();
        KeysetStore there = open()) {
      StoredKeyset first = keyset("north", KeyPurpose.ENCRYPT, 1);
      assertThat(await(here.create(first))).isTrue();
      assertThat(await(there.create(keyset("north", KeyPurpose.ENCRYPT, 2)))).isFalse();
      assertThat(await(there.compareAndSet(Rotated.by(first, version(2))))).isTrue();
      assertThat(await(here.compareAndSet(Rotated.by(first, version(2))))).isFalse();
      assertThat(await(here.find("north", KeyPurpose.ENCRYPT)).orElseThrow().revision())
          .isEqualTo(2);
    }
  }

  @Test
  void completes_stages_off_its_own_thread() throws Exception {
    try (KeysetStore store = open()) {
      String thread =
          await(store.check().thenApply(checked -> Thread.currentThread().getName()));
      assertThat(thread).isNotEqualTo("phial-store");
    }
  }
}
