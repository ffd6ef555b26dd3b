package dev.phial.gateway.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tables {@code job_result} and {@code job_failure} of one job, in SQL that every database of ours speaks. */
final class JobItemRows {
  private final Connection connection;
  private final String job;

  JobItemRows(Connection connection, String job) {
    this.connection = connection;
    this.job = job;
  }

  /** What the items add to the counts; one that had failed and was done takes one from the failed. */
  static StoredJob.Counts sum(List<JobStore.Noted> items) {
    long changed = 0;
    long unchanged = 0;
    long failed = 0;
    for (JobStore.Noted item : items) {
      changed += item.end() == JobStore.End.CHANGED ? 1 : 0;
      unchanged += item.end() == JobStore.End.UNCHANGED ? 1 : 0;
      failed += item.end() == JobStore.End.FAILED ? 1 : 0;
      failed -= item.again() ? 1 : 0;
    }
    return new StoredJob.Counts(changed, unchanged, failed);
  }

  void note(List<JobStore.Noted> items) throws SQLException {
    Map<String, List<JobStore.Noted>> byTenant = new TreeMap<>();
    items.forEach(item ->
        byTenant.computeIfAbsent(item.tenant(), name -> new ArrayList<>()).add(item));
    for (Map.Entry<String, List<JobStore.Noted>> tenant : byTenant.entrySet()) {
      add(tenant.getKey(), sum(tenant.getValue()));
    }
    for (JobStore.Noted item : items) {
      if (item.end() == JobStore.End.FAILED) {
        failed(item);
      } else if (item.again()) {
        succeeded(item);
      }
    }
  }

  private void add(String tenant, StoredJob.Counts more) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement("""
        UPDATE job_result SET changed = changed + ?, unchanged = unchanged + ?, failed = failed + ?
        WHERE job = ? AND tenant = ?""")) {
      bind(update, more, tenant);
      if (update.executeUpdate() == 1) {
        return;
      }
    }
    try (PreparedStatement insert = connection.prepareStatement(
        "INSERT INTO job_result (changed, unchanged, failed, job, tenant) VALUES (?, ?, ?, ?, ?)")) {
      bind(insert, more, tenant);
      insert.executeUpdate();
    }
  }

  private void bind(PreparedStatement statement, StoredJob.Counts more, String tenant)
      throws SQLException {
    statement.setLong(1, more.changed());
    statement.setLong(2, more.unchanged());
    statement.setLong(3, more.failed());
    statement.setString(4, job);
    statement.setString(5, tenant);
  }

  private void failed(JobStore.Noted item) throws SQLException {
    try (PreparedStatement upsert = connection.prepareStatement("""
        INSERT INTO job_failure (job, place, tenant, item, reason, attempts) VALUES (?, ?, ?, ?, ?, 1)
        ON CONFLICT (job, place) DO UPDATE SET reason = excluded.reason, attempts = job_failure.attempts + 1""")) {
      upsert.setString(1, job);
      upsert.setString(2, item.place());
      upsert.setString(3, item.tenant());
      upsert.setString(4, item.item());
      upsert.setString(5, item.reason());
      upsert.executeUpdate();
    }
  }

  private void succeeded(JobStore.Noted item) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM job_failure WHERE job = ? AND place = ?")) {
      delete.setString(1, job);
      delete.setString(2, item.place());
      delete.executeUpdate();
    }
  }

  List<JobStore.TenantCounts> results() throws SQLException {
    List<JobStore.TenantCounts> results = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(
        "SELECT tenant, changed, unchanged, failed FROM job_result WHERE job = ? ORDER BY tenant")) {
      select.setString(1, job);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          results.add(new JobStore.TenantCounts(
              row.getString(1),
              new StoredJob.Counts(row.getLong(2), row.getLong(3), row.getLong(4))));
        }
      }
    }
    return results;
  }

  List<JobStore.Failure> failures(int below, int most) throws SQLException {
    List<JobStore.Failure> failures = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement("""
        SELECT place, tenant, item, reason, attempts FROM job_failure WHERE job = ? AND attempts < ?
        ORDER BY attempts, place LIMIT ?""")) {
      select.setString(1, job);
      select.setInt(2, below);
      select.setInt(3, most);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          failures.add(new JobStore.Failure(
              row.getString(1),
              row.getString(2),
              row.getString(3),
              row.getString(4),
              row.getInt(5)));
        }
      }
    }
    return failures;
  }
}
