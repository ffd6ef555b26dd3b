package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code proposal}, in SQL that every database of ours speaks. */
final class ProposalRows {
  private static final String SELECT = """
      SELECT id, description, created_ms, expires_ms, state, decider, decider_issuer, decided_ms
      FROM proposal\s""";

  private final Connection connection;

  ProposalRows(Connection connection) {
    this.connection = connection;
  }

  boolean add(StoredProposal proposal) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("""
        INSERT INTO proposal (id, description, created_ms, expires_ms, state)
        VALUES (?, ?, ?, ?, 'PENDING') ON CONFLICT DO NOTHING""")) {
      insert.setString(1, proposal.id());
      insert.setString(2, proposal.description());
      insert.setLong(3, proposal.created().toEpochMilli());
      insert.setLong(4, proposal.expires().toEpochMilli());
      return insert.executeUpdate() == 1;
    }
  }

  Optional<StoredProposal> find(String id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE id = ?")) {
      select.setString(1, id);
      return read(select).stream().findFirst();
    }
  }

  List<StoredProposal> newest(int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + "ORDER BY created_ms DESC, id LIMIT ?")) {
      select.setInt(1, limit);
      return read(select);
    }
  }

  boolean decide(String id, ProposalState decided, StoredProposal.Decision decision)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("""
        UPDATE proposal SET state = ?, decider = ?, decider_issuer = ?, decided_ms = ?
        WHERE id = ? AND state = 'PENDING'""")) {
      update.setString(1, decided.name());
      update.setString(2, decision.by());
      update.setString(3, decision.issuer());
      update.setLong(4, decision.at().toEpochMilli());
      update.setString(5, id);
      return update.executeUpdate() == 1;
    }
  }

  boolean end(String id, ProposalState end) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE proposal SET state = ? WHERE id = ? AND state = 'APPROVED'")) {
      update.setString(1, end.name());
      update.setString(2, id);
      return update.executeUpdate() == 1;
    }
  }

  private static List<StoredProposal> read(PreparedStatement select) throws SQLException {
    List<StoredProposal> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(new StoredProposal(
            row.getString(1),
            row.getString(2),
            Instant.ofEpochMilli(row.getLong(3)),
            Instant.ofEpochMilli(row.getLong(4)),
            ProposalState.valueOf(row.getString(5)),
            decision(row)));
      }
    }
    return found;
  }

  private static Optional<StoredProposal.Decision> decision(ResultSet row) throws SQLException {
    String by = row.getString(6);
    return by == null
        ? Optional.empty()
        : Optional.of(new StoredProposal.Decision(
            by, row.getString(7), Instant.ofEpochMilli(row.getLong(8))));
  }
}
