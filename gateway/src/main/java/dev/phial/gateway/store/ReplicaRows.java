package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables {@code replica} and {@code key_changes}, in SQL that every database of ours speaks, but for its time of day. */
final class ReplicaRows {
  private static final Duration FORGOTTEN = Duration.ofDays(1);

  private final Connection connection;
  private final String now;

  /** @param now the database's expression for its own time in milliseconds */
  ReplicaRows(Connection connection, String now) {
    this.connection = connection;
    this.now = now;
  }

  /** To be called in the transaction of the change, and after it: then changes are counted in the order in which they become seen. */
  static void count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE key_changes SET number = number + 1");
    }
  }

  long changes() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT number FROM key_changes")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  boolean heard(Replica replica) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement(
        "INSERT INTO replica (id, heard_ms, seen, behind) VALUES (?, " + now + ", ?, ?)"
            + " ON CONFLICT (id) DO UPDATE SET heard_ms = excluded.heard_ms, seen = excluded.seen, behind = excluded.behind")) {
      upsert.setString(1, replica.id());
      upsert.setLong(2, replica.seen());
      upsert.setString(3, text(replica.behind()));
      upsert.executeUpdate();
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM replica WHERE heard_ms < " + now + " - ?")) {
      delete.setLong(1, FORGOTTEN.toMillis());
      return delete.executeUpdate() > 0;
    }
  }

  /** A time that lies as far ahead was written before the database's clock was set back: who lives has written since. */
  List<Replica> heardWithin(Duration time) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT id, seen, behind FROM replica WHERE abs(heard_ms - "
            + now + ") <= ? ORDER BY id")) {
      select.setLong(1, time.toMillis());
      List<Replica> replicas = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          replicas.add(
              new Replica(row.getString("id"), row.getLong("seen"), ids(row.getString("behind"))));
        }
      }
      return replicas;
    }
  }

  boolean gone(String id) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM replica WHERE id = ?")) {
      delete.setString(1, id);
      return delete.executeUpdate() > 0;
    }
  }

  private static String text(Set<Long> ids) {
    return ids.stream().map(id -> HexFormat.of().toHexDigits(id)).collect(Collectors.joining(" "));
  }

  private static Set<Long> ids(String text) {
    return Arrays.stream(text.split(" "))
        .filter(id -> !id.isEmpty())
        .map(HexFormat::fromHexDigitsToLong)
        .collect(Collectors.toSet());
  }
}
