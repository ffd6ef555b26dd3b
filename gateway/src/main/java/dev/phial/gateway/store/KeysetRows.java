package dev.phial.gateway.store;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.kms.KekRef;
import dev.phial.kms.KekVersion;
import dev.phial.kms.WrappedKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tables {@code keyset} and {@code key_version}, in SQL that every database of ours speaks. */
final class KeysetRows {
  /** One statement reads a keyset with its versions, so that a reader sees one revision. */
  private static final String SELECT = """
      SELECT k.id, k.tenant, k.purpose, k.revision, k."primary", k.minimum,
             v.version, v.state, v.created_ms, v.kek, v.kek_version, v.wrapped, v.check_value
      FROM keyset k JOIN key_version v ON v.keyset = k.id
      """;

  private static final String ORDER = " ORDER BY k.tenant, k.purpose, v.version";

  private final Connection connection;

  KeysetRows(Connection connection) {
    this.connection = connection;
  }

  Optional<StoredKeyset> find(String tenant, KeyPurpose purpose) throws SQLException {
    return select("WHERE k.tenant = ? AND k.purpose = ?", tenant, purpose.name()).stream()
        .findFirst();
  }

  List<StoredKeyset> list(Optional<String> tenant) throws SQLException {
    return tenant.isPresent() ? select("WHERE k.tenant = ?", tenant.get()) : select("");
  }

  boolean create(StoredKeyset keyset) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(
        "INSERT INTO keyset (id, tenant, purpose, revision, \"primary\", minimum) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
      insert.setLong(1, keyset.id());
      insert.setString(2, keyset.tenant());
      insert.setString(3, keyset.purpose().name());
      insert.setLong(4, keyset.revision());
      insert.setInt(5, keyset.primary());
      insert.setInt(6, keyset.minimum());
      if (insert.executeUpdate() == 0) {
        return false;
      }
    }
    write(keyset);
    return true;
  }

  boolean replace(StoredKeyset next) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE keyset SET revision = ?, \"primary\" = ?, minimum = ? WHERE id = ? AND revision = ?")) {
      update.setLong(1, next.revision());
      update.setInt(2, next.primary());
      update.setInt(3, next.minimum());
      update.setLong(4, next.id());
      update.setLong(5, next.revision() - 1);
      if (update.executeUpdate() == 0) {
        return false;
      }
    }
    write(next);
    return true;
  }

  boolean check() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT EXISTS (SELECT 1 FROM keyset)")) {
      return row.next();
    }
  }

  /** A version's number, time of birth and check value never change; a second writing may change the rest. */
  private void write(StoredKeyset keyset) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement("""
        INSERT INTO key_version (keyset, version, state, created_ms, kek, kek_version, wrapped, check_value)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (keyset, version) DO UPDATE SET state = excluded.state, kek = excluded.kek,
          kek_version = excluded.kek_version, wrapped = excluded.wrapped""")) {
      for (StoredVersion version : keyset.versions()) {
        KekVersion kek = version.wrapped().kekVersion();
        upsert.setLong(1, keyset.id());
        upsert.setInt(2, version.version());
        upsert.setString(3, version.state().name());
        upsert.setLong(4, version.created().toEpochMilli());
        upsert.setString(5, kek.kek().toString());
        upsert.setString(6, kek.id());
        upsert.setBytes(7, version.wrapped().bytes());
        upsert.setString(8, version.check());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
    ReplicaRows.count(connection);
  }

  private List<StoredKeyset> select(String where, String... parameters) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + where + ORDER)) {
      for (int i = 0; i < parameters.length; i++) {
        select.setString(i + 1, parameters[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        return read(rows);
      }
    }
  }

  private static List<StoredKeyset> read(ResultSet rows) throws SQLException {
    List<StoredKeyset> keysets = new ArrayList<>();
    boolean more = rows.next();
    while (more) {
      long id = rows.getLong("id");
      String tenant = rows.getString("tenant");
      KeyPurpose purpose = KeyPurpose.valueOf(rows.getString("purpose"));
      long revision = rows.getLong("revision");
      int primary = rows.getInt("primary");
      int minimum = rows.getInt("minimum");
      List<StoredVersion> versions = new ArrayList<>();
      do {
        versions.add(version(rows));
        more = rows.next();
      } while (more && rows.getLong("id") == id);
      keysets.add(new StoredKeyset(tenant, purpose, id, revision, primary, minimum, versions));
    }
    return keysets;
  }

  private static StoredVersion version(ResultSet row) throws SQLException {
    KekVersion kek =
        new KekVersion(KekRef.parse(row.getString("kek")), row.getString("kek_version"));
    return new StoredVersion(
        row.getInt("version"),
        VersionState.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("created_ms")),
        WrappedKey.of(kek, row.getBytes("wrapped")),
        row.getString("check_value"));
  }
}
