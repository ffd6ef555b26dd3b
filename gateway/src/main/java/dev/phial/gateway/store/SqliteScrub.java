package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Takes the remains of destroyed keys out of an SQLite file and its log (threat T20). {@code secure_delete} overwrites a row
 * where it stands; but a page that was split or merged may hold the bytes of rows that have moved since, so the small table is
 * written anew on pages that were zeroed. Then the log, which has older forms of the pages, goes into the file and is cut to nothing.
 */
final class SqliteScrub {
  private static final List<String> REWRITE = List.of(
      "CREATE TEMP TABLE kept_key_version AS SELECT * FROM main.key_version",
      "DELETE FROM main.key_version",
      "INSERT INTO main.key_version SELECT * FROM kept_key_version",
      "DROP TABLE kept_key_version");

  private SqliteScrub() {}

  /** Whether it is done; another process that reads an older form of the file is in the way of it. */
  static boolean run(Connection connection) throws SQLException {
    Transaction.run(connection, SqliteScrub::rewrite);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      return row.next() && row.getInt("busy") == 0;
    }
  }

  private static int rewrite(Connection connection) throws SQLException {
    int rows = 0;
    try (Statement statement = connection.createStatement()) {
      for (String step : REWRITE) {
        rows = Math.max(rows, statement.executeUpdate(step));
      }
    }
    return rows;
  }
}
