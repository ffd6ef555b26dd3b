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
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The tables {@code keyset} and {@code key_version}, in SQL that every database of ours speaks. */
final class KeysetRows {
  /** One statement reads a keyset with its versions, so that a reader sees one revision. */
  private static final String SELECT = """
      SELECT k.id, k.tenant, k.purpose, k.revision, k."primary", k.minimum,
             v.version, v.state, v.created_ms, v.kek, v.kek_version, v.wrapped, v.check_value,
             v.destroy_ms, v.destroy_by, v.destroy_approved, v.destroy_request, v.destroyed_ms,
             v.second_kek, v.second_kek_version, v.second_wrapped
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

  Optional<StoredKeyset> find(long id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + "WHERE k.id = ?" + ORDER)) {
      select.setLong(1, id);
      try (ResultSet rows = select.executeQuery()) {
        return read(rows).stream().findFirst();
      }
    }
  }

  List<KeysetStore.KeysetId> ids(Optional<String> tenant, OptionalLong after, int most)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(
        "SELECT id, tenant FROM keyset WHERE (id > ? OR ? = 0) AND (tenant = ? OR ? = '')"
            + " ORDER BY id LIMIT ?")) {
      select.setLong(1, after.orElse(0));
      select.setInt(2, after.isPresent() ? 1 : 0);
      select.setString(3, tenant.orElse(""));
      select.setString(4, tenant.orElse(""));
      select.setInt(5, most);
      List<KeysetStore.KeysetId> ids = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.add(new KeysetStore.KeysetId(row.getLong(1), row.getString(2)));
        }
      }
      return ids;
    }
  }

  long count(Optional<String> tenant) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT count(*) FROM keyset WHERE tenant = ? OR ? = ''")) {
      select.setString(1, tenant.orElse(""));
      select.setString(2, tenant.orElse(""));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  List<StoredKeyset> list(Optional<String> tenant) throws SQLException {
    return tenant.isPresent() ? select("WHERE k.tenant = ?", tenant.get()) : select("");
  }

  List<StoredKeyset> ending(Instant now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + """
        WHERE k.id IN (SELECT e.keyset FROM key_version e WHERE e.destroy_ms <= ? AND e.destroyed_ms IS NULL)
        """ + ORDER)) {
      select.setLong(1, now.toEpochMilli());
      try (ResultSet rows = select.executeQuery()) {
        return read(rows);
      }
    }
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
        INSERT INTO key_version (keyset, version, state, created_ms, kek, kek_version, wrapped, check_value,
          destroy_ms, destroy_by, destroy_approved, destroy_request, destroyed_ms,
          second_kek, second_kek_version, second_wrapped)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (keyset, version) DO UPDATE SET state = excluded.state, kek = excluded.kek,
          kek_version = excluded.kek_version, wrapped = excluded.wrapped, destroy_ms = excluded.destroy_ms,
          destroy_by = excluded.destroy_by, destroy_approved = excluded.destroy_approved,
          destroy_request = excluded.destroy_request, destroyed_ms = excluded.destroyed_ms,
          second_kek = excluded.second_kek, second_kek_version = excluded.second_kek_version,
          second_wrapped = excluded.second_wrapped""")) {
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
        bind(upsert, version.destruction());
        bindSecond(upsert, version.second());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
    ReplicaRows.count(connection);
  }

  private static void bindSecond(PreparedStatement upsert, Optional<WrappedKey> second)
      throws SQLException {
    Optional<KekVersion> kek = second.map(WrappedKey::kekVersion);
    upsert.setString(14, kek.map(known -> known.kek().toString()).orElse(null));
    upsert.setString(15, kek.map(KekVersion::id).orElse(null));
    upsert.setBytes(16, second.map(WrappedKey::bytes).orElse(null));
  }

  private static void bind(PreparedStatement upsert, Optional<Destruction> ending)
      throws SQLException {
    bind(upsert, 9, ending.map(Destruction::due));
    upsert.setString(10, ending.map(Destruction::askedBy).orElse(null));
    upsert.setString(11, ending.map(Destruction::approvedBy).orElse(null));
    upsert.setString(12, ending.map(Destruction::request).orElse(null));
    bind(upsert, 13, ending.flatMap(Destruction::done));
  }

  private static void bind(PreparedStatement upsert, int parameter, Optional<Instant> time)
      throws SQLException {
    if (time.isPresent()) {
      upsert.setLong(parameter, time.get().toEpochMilli());
    } else {
      upsert.setNull(parameter, Types.BIGINT);
    }
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
    return new StoredVersion(
        row.getInt("version"),
        VersionState.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("created_ms")),
        wrapped(row.getString("kek"), row.getString("kek_version"), row.getBytes("wrapped")),
        second(row),
        row.getString("check_value"),
        destruction(row));
  }

  private static Optional<Destruction> destruction(ResultSet row) throws SQLException {
    Optional<Instant> due = time(row, "destroy_ms");
    return due.isEmpty()
        ? Optional.empty()
        : Optional.of(new Destruction(
            due.get(),
            row.getString("destroy_by"),
            row.getString("destroy_approved"),
            row.getString("destroy_request"),
            time(row, "destroyed_ms")));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static Optional<WrappedKey> second(ResultSet row) throws SQLException {
    String kek = row.getString("second_kek");
    return row.wasNull()
        ? Optional.empty()
        : Optional.of(
            wrapped(kek, row.getString("second_kek_version"), row.getBytes("second_wrapped")));
  }

  private static WrappedKey wrapped(String kek, String version, byte[] bytes) {
    return WrappedKey.of(new KekVersion(KekRef.parse(kek), version), bytes);
  }
}
