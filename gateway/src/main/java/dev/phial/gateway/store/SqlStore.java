package dev.phial.gateway.store;

import dev.phial.crypto.key.KeyPurpose;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The store in a database: an SQLite file beside one gateway, or PostgreSQL for several. The same tables and statements in
 * both; only connections, schema steps and notices differ.
 */
public final class SqlStore implements KeysetStore {
  private static final Duration SQLITE_TIMEOUT = Duration.ofSeconds(15);

  private final Database database;
  private final StoreThreads threads;
  private final InstantSource clock;

  private SqlStore(Database database, Duration timeout, InstantSource clock) {
    this.database = database;
    this.threads = new StoreThreads(database, timeout);
    this.clock = clock;
  }

  /**
   * Opens an SQLite file, creates it if it is missing, and brings its schema up to date. Blocks; for start-up.
   *
   * @param clock gives the times of rows
   * @throws StoreException when that cannot be done, also when a newer Phial has written the file
   */
  public static SqlStore sqlite(Path file, InstantSource clock) {
    return new SqlStore(SqliteDatabase.open(file), SQLITE_TIMEOUT, clock);
  }

  /**
   * Connects to a PostgreSQL database and brings its schema up to date. Blocks; for start-up.
   *
   * @param clock gives the times of rows
   * @throws StoreException when that cannot be done, also when a newer Phial has written the schema
   */
  public static SqlStore postgresql(PostgresSettings settings, InstantSource clock) {
    return new SqlStore(PostgresDatabase.open(settings), settings.timeout(), clock);
  }

  /** The vaulted tokens in the same database. Closed with this. */
  public TokenStore tokens() {
    return new SqlTokenStore(threads, database.texts());
  }

  @Override
  public CompletionStage<Optional<StoredKeyset>> find(String tenant, KeyPurpose purpose) {
    return threads.call(connection -> new KeysetRows(connection).find(tenant, purpose));
  }

  @Override
  public CompletionStage<List<StoredKeyset>> list(Optional<String> tenant) {
    return threads.call(connection -> new KeysetRows(connection).list(tenant));
  }

  @Override
  public CompletionStage<Boolean> create(StoredKeyset keyset) {
    if (keyset.revision() != 1) {
      throw new IllegalArgumentException("a keyset is created with revision 1");
    }
    return threads.inTransaction(connection -> new KeysetRows(connection).create(keyset));
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(StoredKeyset next) {
    return threads.inTransaction(connection -> new KeysetRows(connection).replace(next));
  }

  @Override
  public CompletionStage<Optional<StoredPin>> pin(String tenant, String element) {
    return threads.call(connection -> pins(connection).find(tenant, element));
  }

  @Override
  public CompletionStage<List<StoredPin>> pins(Optional<String> tenant) {
    return threads.call(connection -> pins(connection).list(tenant));
  }

  @Override
  public CompletionStage<StoredPin> create(StoredPin pin) {
    if (pin.revision() != 1) {
      throw new IllegalArgumentException("a pin is created with revision 1");
    }
    return threads.inTransaction(connection -> pins(connection).pin(pin));
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(StoredPin next) {
    return threads.inTransaction(connection -> pins(connection).replace(next));
  }

  @Override
  public CompletionStage<Long> changes() {
    return threads.call(connection -> replicas(connection).changes());
  }

  @Override
  public CompletionStage<Void> heard(Replica replica) {
    return threads
        .inTransaction(connection -> replicas(connection).heard(replica))
        .thenApply(done -> null);
  }

  @Override
  public CompletionStage<List<Replica>> replicas(Duration within) {
    return threads.call(connection -> replicas(connection).heardWithin(within));
  }

  @Override
  public CompletionStage<Void> gone(String id) {
    return threads.call(connection -> replicas(connection).gone(id)).thenApply(done -> null);
  }

  @Override
  public CompletionStage<Void> check() {
    return threads
        .call(connection -> new KeysetRows(connection).check())
        .thenApply(checked -> null);
  }

  @Override
  public Watch watch(Runnable listener) {
    return database.watch(listener);
  }

  @Override
  public void close() {
    threads.close();
  }

  private ReplicaRows replicas(Connection connection) {
    return new ReplicaRows(connection, database.now());
  }

  private PinRows pins(Connection connection) {
    return new PinRows(connection, clock);
  }
}
