package dev.phial.gateway.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The audit log in a hash-chained file. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"})
public final class FileAuditLog implements AuditLog, AutoCloseable {

  /**
   * @param device where records go, usually a {@link FileDevice}
   * @param timeout how long an append may take
   * @param clock gives the records' time
   * @param answers runs what depends on a durable record, so that it never delays the next one
   */
  public FileAuditLog(AuditDevice device, Duration timeout, Clock clock, Executor answers) {}

  /** Verifies the end of the log and starts writing. */
  public void start() {}

  @Override
  public CompletionStage<Void> append(AuditEvent event) {
    throw new UnsupportedOperationException("to come");
  }

  @Override
  public boolean writable() {
    return false;
  }

  @Override
  public void close() {}
}
