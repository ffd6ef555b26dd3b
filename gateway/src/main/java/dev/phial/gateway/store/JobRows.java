package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The table {@code job}, in SQL that every database of ours speaks. */
final class JobRows {
  private static final String SELECT = """
      SELECT id, kind, tenant, rate, state, started_by, cancelled_by, created_ms, finished_ms, place, total, changed, unchanged,
             failed, holder, epoch, lease_ms, since_ms, base, updated_ms, gateways, report
      FROM job\s""";

  /** Only whoever took it last may write about it. */
  private static final String IF_TAKEN = " WHERE id = ? AND epoch = ? AND state = 'RUNNING'";

  private final Connection connection;

  JobRows(Connection connection) {
    this.connection = connection;
  }

  boolean add(String id, StoredJob.Order order) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("""
        INSERT INTO job (id, kind, tenant, rate, state, started_by, created_ms, total, updated_ms)
        VALUES (?, ?, ?, ?, 'RUNNING', ?, ?, ?, ?)""")) {
      insert.setString(1, id);
      insert.setString(2, order.kind());
      insert.setString(3, order.tenant());
      insert.setInt(4, order.rate());
      insert.setString(5, order.startedBy());
      insert.setLong(6, order.created().toEpochMilli());
      insert.setLong(7, order.total());
      insert.setLong(8, order.created().toEpochMilli());
      return insert.executeUpdate() == 1;
    }
  }

  Optional<StoredJob> find(String id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE id = ?")) {
      select.setString(1, id);
      return read(select).stream().findFirst();
    }
  }

  List<StoredJob> list(int most) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + "ORDER BY created_ms DESC, id LIMIT ?")) {
      select.setInt(1, most);
      return read(select);
    }
  }

  Optional<StoredJob> take(Set<String> kinds, String holder, Instant now, Instant until)
      throws SQLException {
    Optional<StoredJob> free =
        free(now).stream().filter(job -> kinds.contains(job.order().kind())).findFirst();
    return free.isPresent() && take(free.get(), holder, now, until)
        ? find(free.get().id())
        : Optional.empty();
  }

  private List<StoredJob> free(Instant now) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(
        SELECT + "WHERE state = 'RUNNING' AND lease_ms <= ? ORDER BY created_ms, id")) {
      select.setLong(1, now.toEpochMilli());
      return read(select);
    }
  }

  private boolean take(StoredJob free, String holder, Instant now, Instant until)
      throws SQLException {
    List<String> workers = new ArrayList<>(free.lease().workers());
    if (!workers.contains(holder)) {
      workers.add(holder);
    }
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE job SET holder = ?, epoch = epoch + 1, lease_ms = ?, since_ms = ?, base = changed + unchanged,"
            + " gateways = ?" + IF_TAKEN)) {
      update.setString(1, holder);
      update.setLong(2, until.toEpochMilli());
      update.setLong(3, now.toEpochMilli());
      update.setString(4, String.join(",", workers));
      update.setString(5, free.id());
      update.setLong(6, free.lease().epoch());
      return update.executeUpdate() == 1;
    }
  }

  boolean prolong(StoredJob taken, Instant until) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE job SET lease_ms = ?" + IF_TAKEN)) {
      update.setLong(1, until.toEpochMilli());
      return updated(update, 2, taken);
    }
  }

  boolean giveBack(StoredJob taken) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE job SET holder = '', lease_ms = 0" + IF_TAKEN)) {
      return updated(update, 1, taken);
    }
  }

  boolean advance(StoredJob taken, String place, List<JobStore.Noted> items, Instant now)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE job SET place = ?, changed = changed + ?, unchanged = unchanged + ?, failed = failed + ?,"
            + " updated_ms = ?" + IF_TAKEN)) {
      StoredJob.Counts more = JobItemRows.sum(items);
      update.setString(1, place);
      update.setLong(2, more.changed());
      update.setLong(3, more.unchanged());
      update.setLong(4, more.failed());
      update.setLong(5, now.toEpochMilli());
      return updated(update, 6, taken);
    }
  }

  boolean cancel(String id, String by, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE job SET cancelled_by = ?, updated_ms = ? WHERE id = ? AND state = 'RUNNING'")) {
      update.setString(1, by);
      update.setLong(2, now.toEpochMilli());
      update.setString(3, id);
      return update.executeUpdate() == 1;
    }
  }

  boolean finish(StoredJob taken, JobState end, String report, Instant now) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(
        "UPDATE job SET state = ?, report = ?, finished_ms = ?, updated_ms = ?, holder = '', lease_ms = 0"
            + IF_TAKEN)) {
      update.setString(1, end.name());
      update.setString(2, report);
      update.setLong(3, now.toEpochMilli());
      update.setLong(4, now.toEpochMilli());
      return updated(update, 5, taken);
    }
  }

  private static boolean updated(PreparedStatement update, int parameter, StoredJob taken)
      throws SQLException {
    update.setString(parameter, taken.id());
    update.setLong(parameter + 1, taken.lease().epoch());
    return update.executeUpdate() == 1;
  }

  private static List<StoredJob> read(PreparedStatement select) throws SQLException {
    List<StoredJob> jobs = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        jobs.add(job(row));
      }
    }
    return jobs;
  }

  private static StoredJob job(ResultSet row) throws SQLException {
    long finished = row.getLong("finished_ms");
    boolean open = row.wasNull();
    return new StoredJob(
        row.getString("id"),
        new StoredJob.Order(
            row.getString("kind"),
            row.getString("tenant"),
            row.getInt("rate"),
            row.getString("started_by"),
            instant(row, "created_ms"),
            row.getLong("total")),
        JobState.valueOf(row.getString("state")),
        row.getString("cancelled_by"),
        open ? Optional.empty() : Optional.of(Instant.ofEpochMilli(finished)),
        row.getString("place"),
        new StoredJob.Counts(
            row.getLong("changed"), row.getLong("unchanged"), row.getLong("failed")),
        new StoredJob.Lease(
            row.getString("holder"),
            row.getLong("epoch"),
            instant(row, "lease_ms"),
            instant(row, "since_ms"),
            row.getLong("base"),
            row.getString("gateways")),
        instant(row, "updated_ms"),
        row.getString("report"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return Instant.ofEpochMilli(row.getLong(column));
  }
}
