package dev.phial.gateway.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Jobs in the database of a {@link SqlStore}. */
final class SqlJobStore implements JobStore {
  private final StoreThreads threads;

  SqlJobStore(StoreThreads threads) {
    this.threads = threads;
  }

  @Override
  public CompletionStage<Void> add(String id, StoredJob.Order order) {
    return threads
        .inTransaction(connection -> new JobRows(connection).add(id, order))
        .thenApply(added -> null);
  }

  @Override
  public CompletionStage<Optional<StoredJob>> find(String id) {
    return threads.call(connection -> new JobRows(connection).find(id));
  }

  @Override
  public CompletionStage<List<StoredJob>> list(int most) {
    return threads.call(connection -> new JobRows(connection).list(most));
  }

  @Override
  public CompletionStage<Optional<StoredJob>> take(
      Set<String> kinds, String holder, Instant now, Instant until) {
    return threads.inTransaction(
        connection -> new JobRows(connection).take(kinds, holder, now, until));
  }

  @Override
  public CompletionStage<Boolean> prolong(StoredJob taken, Instant until) {
    return threads.inTransaction(connection -> new JobRows(connection).prolong(taken, until));
  }

  @Override
  public CompletionStage<Boolean> giveBack(StoredJob taken) {
    return threads.inTransaction(connection -> new JobRows(connection).giveBack(taken));
  }

  @Override
  public CompletionStage<Boolean> note(
      StoredJob taken, String place, List<Noted> items, Instant now) {
    return threads.inTransaction(connection -> {
      JobRows rows = new JobRows(connection);
      if (!rows.advance(taken, place, items, now)) {
        return false;
      }
      new JobItemRows(connection, taken.id()).note(items);
      return true;
    });
  }

  @Override
  public CompletionStage<Boolean> cancel(String id, String by, Instant now) {
    return threads.inTransaction(connection -> new JobRows(connection).cancel(id, by, now));
  }

  @Override
  public CompletionStage<Boolean> finish(
      StoredJob taken, JobState end, String report, Instant now) {
    return threads.inTransaction(
        connection -> new JobRows(connection).finish(taken, end, report, now));
  }

  @Override
  public CompletionStage<List<TenantCounts>> results(String id) {
    return threads.call(connection -> new JobItemRows(connection, id).results());
  }

  @Override
  public CompletionStage<List<Failure>> failures(String id, int below, int most) {
    return threads.call(connection -> new JobItemRows(connection, id).failures(below, most));
  }
}
