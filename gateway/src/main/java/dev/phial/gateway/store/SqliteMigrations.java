package dev.phial.gateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Brings an SQLite database to the schema of this program. The schema's number is SQLite's {@code user_version}; step {@code n}
 * is the script {@code Vn__*.sql}. All missing steps happen in one transaction, so a kill leaves the old schema or the
 * new, and of two processes that start together one waits and then finds nothing to do.
 */
final class SqliteMigrations {
  private static final List<String> STEPS =
      List.of("V1__keys.sql", "V2__pin_moves.sql", "V3__vaulted_tokens.sql", "V4__replicas.sql");

  private SqliteMigrations() {}

  static void apply(Connection connection, Path file) throws SQLException {
    if (current(connection, file) < STEPS.size()) {
      Transaction.run(connection, locked -> applyMissing(locked, file));
    }
  }

  private static int applyMissing(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int step = current(connection, file); step < STEPS.size(); step++) {
        statement.executeUpdate(script(STEPS.get(step)));
      }
      return statement.executeUpdate("PRAGMA user_version = " + STEPS.size());
    }
  }

  private static int current(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      int version = row.next() ? row.getInt(1) : 0;
      if (version > STEPS.size()) {
        throw new StoreException("the store " + file + " has schema " + version
            + ", written by a newer Phial; this one" + " knows up to " + STEPS.size()
            + ": start the newer one, or restore the backup from before the upgrade");
      }
      return version;
    }
  }

  private static String script(String name) {
    try (InputStream in = SqliteMigrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program has no " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the program's " + name + " cannot be read", e);
    }
  }
}
