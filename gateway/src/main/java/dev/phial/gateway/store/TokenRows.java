package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The table {@code vaulted_token}, in SQL that every database of ours speaks. */
final class TokenRows {
  private static final int SCHEME = 1;
  private static final String SELECT = """
      SELECT tenant, element, token, scheme, digest, sealed, key_version, state, created_ms, expires_ms
      FROM vaulted_token\s""";
  private static final String OF_ELEMENT = "WHERE tenant = ? AND element = ? AND ";
  // One order for all writers, so that two transactions never wait for each other in turn.
  private static final Comparator<StoredToken> ORDER = Comparator.<StoredToken, String>comparing(
          row -> row.digest().orElse(""))
      .thenComparing(StoredToken::token);

  private final Connection connection;
  private final TextList lists;

  TokenRows(Connection connection, TextList lists) {
    this.connection = connection;
    this.lists = lists;
  }

  List<StoredToken> find(String tenant, String element, String column, List<String> texts)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + OF_ELEMENT + column + lists.condition())) {
      select.setString(1, tenant);
      select.setString(2, element);
      lists.bind(select, 3, texts);
      return read(select);
    }
  }

  List<Boolean> insert(List<StoredToken> tokens, Instant now) throws SQLException {
    int[] order = IntStream.range(0, tokens.size())
        .boxed()
        .sorted(Comparator.comparing(tokens::get, ORDER))
        .mapToInt(Integer::intValue)
        .toArray();
    releaseDigests(tokens, now);
    try (PreparedStatement insert = connection.prepareStatement("""
        INSERT INTO vaulted_token
          (tenant, element, token, scheme, digest, sealed, key_version, state, created_ms, expires_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""")) {
      for (int place : order) {
        bind(insert, tokens.get(place));
        insert.addBatch();
      }
      return inPlace(insert.executeBatch(), order);
    }
  }

  private static List<Boolean> inPlace(int[] counts, int[] order) {
    Boolean[] added = new Boolean[counts.length];
    for (int i = 0; i < counts.length; i++) {
      added[order[i]] = counts[i] == 1;
    }
    return List.of(added);
  }

  private void releaseDigests(List<StoredToken> tokens, Instant now) throws SQLException {
    List<String> digests =
        tokens.stream().flatMap(token -> token.digest().stream()).sorted().toList();
    if (digests.isEmpty()) {
      return;
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE vaulted_token SET digest = NULL " + OF_ELEMENT
            + "expires_ms <= ? AND digest" + lists.condition())) {
      update.setString(1, tokens.get(0).tenant());
      update.setString(2, tokens.get(0).element());
      update.setLong(3, now.toEpochMilli());
      lists.bind(update, 4, digests);
      update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement insert, StoredToken row) throws SQLException {
    insert.setString(1, row.tenant());
    insert.setString(2, row.element());
    insert.setString(3, row.token());
    insert.setInt(4, SCHEME);
    insert.setString(5, row.digest().orElse(null));
    insert.setString(6, row.sealed());
    insert.setInt(7, row.keyVersion());
    insert.setString(8, row.state().name());
    insert.setLong(9, row.created().toEpochMilli());
    if (row.expires().isPresent()) {
      insert.setLong(10, row.expires().get().toEpochMilli());
    } else {
      insert.setNull(10, Types.BIGINT);
    }
  }

  List<Boolean> reseal(List<TokenStore.Resealed> tokens) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE vaulted_token SET sealed = ?, key_version = ? "
            + OF_ELEMENT + "token = ? AND sealed = ? AND state <> 'DELETED'")) {
      for (TokenStore.Resealed next : tokens) {
        update.setString(1, next.sealed());
        update.setInt(2, next.keyVersion());
        update.setString(3, next.token().tenant());
        update.setString(4, next.token().element());
        update.setString(5, next.token().token());
        update.setString(6, next.token().sealed());
        update.addBatch();
      }
      return Arrays.stream(update.executeBatch()).mapToObj(count -> count == 1).toList();
    }
  }

  List<StoredToken> change(String tenant, String element, List<String> tokens, TokenState state)
      throws SQLException {
    String set = state == TokenState.DELETED
        ? "SET state = ?, sealed = '', digest = NULL "
        : "SET state = ? ";
    try (PreparedStatement update = connection.prepareStatement("UPDATE vaulted_token " + set
        + OF_ELEMENT + "state <> 'DELETED' AND token" + lists.condition())) {
      update.setString(1, state.name());
      update.setString(2, tenant);
      update.setString(3, element);
      lists.bind(update, 4, tokens);
      update.executeUpdate();
    }
    return find(tenant, element, "token", tokens);
  }

  List<TokenStore.TokenCount> count(String tenant) throws SQLException {
    List<TokenStore.TokenCount> counts = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement("""
        SELECT element, key_version, count(*) FROM vaulted_token
        WHERE tenant = ? AND state <> 'DELETED'
        GROUP BY element, key_version ORDER BY element, key_version""")) {
      select.setString(1, tenant);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          counts.add(new TokenStore.TokenCount(row.getString(1), row.getInt(2), row.getLong(3)));
        }
      }
    }
    return counts;
  }

  int deleteExpired(Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE vaulted_token SET state = 'DELETED', sealed = '', digest = NULL"
            + " WHERE state <> 'DELETED' AND expires_ms <= ?")) {
      update.setLong(1, now.toEpochMilli());
      return update.executeUpdate();
    }
  }

  int deleteAll(String tenant) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE vaulted_token SET state = 'DELETED', sealed = '', digest = NULL"
            + " WHERE tenant = ? AND state <> 'DELETED'")) {
      update.setString(1, tenant);
      return update.executeUpdate();
    }
  }

  private static List<StoredToken> read(PreparedStatement select) throws SQLException {
    List<StoredToken> found = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        found.add(token(row));
      }
    }
    return found;
  }

  private static StoredToken token(ResultSet row) throws SQLException {
    if (row.getInt("scheme") != SCHEME) {
      throw new SQLException("a vaulted token was written by a newer Phial");
    }
    long expires = row.getLong("expires_ms");
    boolean everlasting = row.wasNull();
    return new StoredToken(
        row.getString("tenant"),
        row.getString("element"),
        row.getString("token"),
        Optional.ofNullable(row.getString("digest")),
        row.getString("sealed"),
        row.getInt("key_version"),
        TokenState.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("created_ms")),
        everlasting ? Optional.empty() : Optional.of(Instant.ofEpochMilli(expires)));
  }
}
