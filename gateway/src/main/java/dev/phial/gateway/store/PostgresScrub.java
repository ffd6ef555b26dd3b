package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Takes the remains of destroyed keys out of a PostgreSQL table (threat T20). A plain {@code VACUUM} frees superseded rows and
 * leaves their bytes on the page; {@code VACUUM FULL} writes a new file with the living rows and unlinks the old one. A row that
 * an old snapshot may still see counts as living, so the second, plain one says how many such there are. Archives of the
 * write-ahead log, replicas that lag and backups are out of its reach (docs/keys.md).
 */
final class PostgresScrub {
  private static final List<String> STEPS =
      List.of("VACUUM (FULL) key_version", "VACUUM key_version");

  private PostgresScrub() {}

  /** Whether no superseded row is left. */
  static boolean run(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String step : STEPS) {
        statement.execute(step);
        refuseWarning(statement);
      }
      try (ResultSet row =
          statement.executeQuery("SELECT pg_stat_get_dead_tuples('key_version'::regclass)")) {
        return row.next() && row.getLong(1) == 0;
      }
    }
  }

  /** Who does not own the table is only warned that nothing was done. */
  private static void refuseWarning(Statement statement) throws SQLException {
    if (statement.getWarnings() != null) {
      throw new SQLException(
          "the table key_version cannot be vacuumed; its owner must be the role that Phial logs in with",
          statement.getWarnings());
    }
  }
}
