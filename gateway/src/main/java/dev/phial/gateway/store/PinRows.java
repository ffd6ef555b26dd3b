package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code pin}, in SQL that every database of ours speaks. */
final class PinRows {
  private static final String SELECT =
      "SELECT tenant, element, phase, version, target, revision FROM pin ";

  private final Connection connection;
  private final InstantSource clock;

  PinRows(Connection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  Optional<StoredPin> find(String tenant, String element) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + "WHERE tenant = ? AND element = ?")) {
      select.setString(1, tenant);
      select.setString(2, element);
      return read(select).stream().findFirst();
    }
  }

  List<StoredPin> list(Optional<String> tenant) throws SQLException {
    String where = tenant.isPresent() ? "WHERE tenant = ? " : "";
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + where + "ORDER BY tenant, element")) {
      if (tenant.isPresent()) {
        select.setString(1, tenant.get());
      }
      return read(select);
    }
  }

  StoredPin pin(StoredPin pin) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("""
        INSERT INTO pin (tenant, element, phase, version, target, revision, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT DO NOTHING""")) {
      insert.setString(1, pin.tenant());
      insert.setString(2, pin.element());
      insert.setString(3, pin.phase().name());
      insert.setInt(4, pin.version());
      insert.setInt(5, pin.target());
      insert.setLong(6, pin.revision());
      insert.setLong(7, clock.instant().toEpochMilli());
      insert.executeUpdate();
    }
    return find(pin.tenant(), pin.element())
        .orElseThrow(() -> new SQLException("a pin was neither there nor inserted"));
  }

  boolean replace(StoredPin next) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("""
        UPDATE pin SET phase = ?, version = ?, target = ?, revision = ?
        WHERE tenant = ? AND element = ? AND revision = ?""")) {
      update.setString(1, next.phase().name());
      update.setInt(2, next.version());
      update.setInt(3, next.target());
      update.setLong(4, next.revision());
      update.setString(5, next.tenant());
      update.setString(6, next.element());
      update.setLong(7, next.revision() - 1);
      return update.executeUpdate() == 1;
    }
  }

  int deleteAll(String tenant) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM pin WHERE tenant = ?")) {
      delete.setString(1, tenant);
      return delete.executeUpdate();
    }
  }

  private static List<StoredPin> read(PreparedStatement select) throws SQLException {
    List<StoredPin> pins = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        pins.add(new StoredPin(
            row.getString("tenant"),
            row.getString("element"),
            PinPhase.valueOf(row.getString("phase")),
            row.getInt("version"),
            row.getInt("target"),
            row.getLong("revision")));
      }
    }
    return pins;
  }
}
