package dev.phial.gateway.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SQLite file, one connection, one thread that uses it. The file is created with mode 0600 in a directory of mode 0700,
 * and refused when others may read it. Several processes of one machine may share it; each change is one immediate
 * transaction, in the write-ahead log on disk ({@code synchronous=FULL}) before its stage completes.
 */
final class SqliteDatabase implements Database {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);

  private final Path file;
  private final Connection connection;

  private SqliteDatabase(Path file, Connection connection) {
    this.file = file;
    this.connection = connection;
  }

  static SqliteDatabase open(Path file) {
    Path absolute = file.toAbsolutePath();
    return new SqliteDatabase(absolute, SqliteFile.open(absolute));
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public String setting() {
    return "store.file";
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public String now() {
    return "CAST(unixepoch('subsec') * 1000 AS INTEGER)";
  }

  @Override
  public TextList texts() {
    return new JsonTexts();
  }

  @Override
  public <T> T with(SqlWork<T> work) throws SQLException {
    return work.run(connection);
  }

  @Override
  public Watch watch(Runnable listener) {
    return Watch.NOTHING;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // Nothing is lost: what was acknowledged is in the log, and the next opening reads it.
      LOG.warn("store {} was not closed cleanly: {}", file, e.toString());
    }
  }
}
