package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;

/** The table {@code pin}, in SQL that every database of ours speaks. */
final class PinRows {
  private final Connection connection;
  private final InstantSource clock;

  PinRows(Connection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  Optional<Integer> find(String tenant, String element) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT version FROM pin WHERE tenant = ? AND element = ?")) {
      select.setString(1, tenant);
      select.setString(2, element);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }

  int pin(String tenant, String element, int version) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(
        "INSERT INTO pin (tenant, element, version, created_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      insert.setString(1, tenant);
      insert.setString(2, element);
      insert.setInt(3, version);
      insert.setLong(4, clock.instant().toEpochMilli());
      insert.executeUpdate();
    }
    return find(tenant, element)
        .orElseThrow(() -> new SQLException("a pin was neither there nor inserted"));
  }
}
