package dev.phial.gateway.store;

import dev.phial.kms.AccessDeniedException;
import dev.phial.kms.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/** Opens the database file with the settings that durability and secrecy need. */
final class SqliteFile {
  private static final int BUSY_MILLIS = 10_000;

  private SqliteFile() {}

  static Connection open(Path file) {
    try {
      prepare(file);
      return OpeningLock.around(file, () -> connect(file));
    } catch (SQLException | IOException | UnsupportedOperationException e) {
      throw new StoreException(
          "the store " + file + " cannot be opened; see store.file in the configuration", e);
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Connection connection = settings().createConnection("jdbc:sqlite:" + file);
    try {
      SqliteMigrations.apply(connection, file);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** SQLite gives its log and index files the mode of the database, so the database is made first, by us. */
  private static void prepare(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && Files.notExists(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      refuseIfOpenToOthers(file);
    }
  }

  private static void refuseIfOpenToOthers(Path file) throws IOException {
    try {
      OwnerOnlyFile.check(file);
    } catch (AccessDeniedException e) {
      throw new StoreException("the store cannot be opened: " + e.getMessage(), e);
    }
  }

  private static SQLiteConfig settings() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    // FULL, not NORMAL: in WAL mode NORMAL may lose the last transactions when the machine loses
    // power.
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    // IMMEDIATE: a transaction that reads before it writes must not fail half way because another
    // process wrote.
    config.setTransactionMode(TransactionMode.IMMEDIATE);
    // What the database works with beside its file must not become a file of its own.
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    // A destroyed key's bytes are overwritten, not only unlinked (threat T20).
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
    return config;
  }
}
