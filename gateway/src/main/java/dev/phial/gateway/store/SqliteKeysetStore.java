package dev.phial.gateway.store;

import dev.phial.crypto.key.KeyPurpose;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded store: one SQLite file, one connection, one thread that uses it.
 *
 * <p>The file is created with mode 0600 in a directory of mode 0700, and refused when others may read it. Several
 * processes of one machine may share it; each change is one immediate transaction, in the write-ahead log on disk
 * ({@code synchronous=FULL}) before its stage completes.
 */
public final class SqliteKeysetStore implements KeysetStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteKeysetStore.class);
  private static final int CLOSE_SECONDS = 10;

  private final Path file;
  private final Connection connection;
  private final KeysetRows keysets;
  private final PinRows pins;
  private final ExecutorService thread;

  private SqliteKeysetStore(Path file, Connection connection, InstantSource clock) {
    this.file = file;
    this.connection = connection;
    this.keysets = new KeysetRows(connection);
    this.pins = new PinRows(connection, clock);
    this.thread = Executors.newSingleThreadExecutor(SqliteKeysetStore::storeThread);
  }

  /**
   * Opens the file, creates it if it is missing, and brings its schema up to date. Blocks; for start-up.
   *
   * @param clock gives the times of pins
   * @throws StoreException when that cannot be done, also when a newer Phial has written the file
   */
  public static SqliteKeysetStore open(Path file, InstantSource clock) {
    Path absolute = file.toAbsolutePath();
    return new SqliteKeysetStore(absolute, SqliteFile.open(absolute), clock);
  }

  @Override
  public CompletionStage<Optional<StoredKeyset>> find(String tenant, KeyPurpose purpose) {
    return onThread(() -> keysets.find(tenant, purpose));
  }

  @Override
  public CompletionStage<List<StoredKeyset>> list(Optional<String> tenant) {
    return onThread(() -> keysets.list(tenant));
  }

  @Override
  public CompletionStage<Boolean> create(StoredKeyset keyset) {
    if (keyset.revision() != 1) {
      throw new IllegalArgumentException("a keyset is created with revision 1");
    }
    return inTransaction(() -> keysets.create(keyset));
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(StoredKeyset next) {
    return inTransaction(() -> keysets.replace(next));
  }

  @Override
  public CompletionStage<Optional<StoredPin>> pin(String tenant, String element) {
    return onThread(() -> pins.find(tenant, element));
  }

  @Override
  public CompletionStage<List<StoredPin>> pins(Optional<String> tenant) {
    return onThread(() -> pins.list(tenant));
  }

  @Override
  public CompletionStage<StoredPin> create(StoredPin pin) {
    if (pin.revision() != 1) {
      throw new IllegalArgumentException("a pin is created with revision 1");
    }
    return inTransaction(() -> pins.pin(pin));
  }

  @Override
  public CompletionStage<Boolean> compareAndSet(StoredPin next) {
    return inTransaction(() -> pins.replace(next));
  }

  @Override
  public CompletionStage<Void> check() {
    return onThread(keysets::check).thenApply(checked -> null);
  }

  /** Waits until what was started is done; for shut-down. */
  @Override
  public synchronized void close() {
    if (thread.isShutdown()) {
      return;
    }
    Future<?> closed = thread.submit(this::closeConnection);
    thread.shutdown();
    try {
      closed.get(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Nothing is lost: what was acknowledged is in the log, and the next opening reads it.
      LOG.warn("store {} was not closed cleanly: {}", file, e.toString());
    }
  }

  private <T> CompletionStage<T> inTransaction(SqlWork<T> work) {
    return onThread(() -> Transaction.run(connection, work));
  }

  /** The second hop keeps what callers attach off the one thread that all of them wait for. */
  private <T> CompletionStage<T> onThread(SqlWork<T> work) {
    try {
      return CompletableFuture.supplyAsync(() -> translated(work), thread)
          .thenApplyAsync(Function.identity(), ForkJoinPool.commonPool());
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedStage(
          new StoreException("the store " + file + " is closed", e));
    }
  }

  private <T> T translated(SqlWork<T> work) {
    try {
      return work.run();
    } catch (SQLException | RuntimeException e) {
      throw new StoreException(
          "the store " + file + " failed; see store.path in the configuration", e);
    }
  }

  private @Nullable Void closeConnection() throws SQLException {
    connection.close();
    return null;
  }

  private static Thread storeThread(Runnable task) {
    Thread thread = new Thread(task, "phial-store");
    thread.setDaemon(true);
    return thread;
  }
}
