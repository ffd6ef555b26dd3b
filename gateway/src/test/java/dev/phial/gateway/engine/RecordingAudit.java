package dev.phial.gateway.engine;

import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.audit.AuditUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An audit log in memory that can fail, or hold its answers back. */
public final class RecordingAudit implements AuditLog {
  private final List<AuditEvent> events = new ArrayList<>();
  private final List<CompletableFuture<Void>> held = new ArrayList<>();
  private boolean failing;
  private boolean holding;

  @Override
  public synchronized CompletionStage<Void> append(AuditEvent event) {
    if (failing) {
      return CompletableFuture.failedFuture(new AuditUnavailableException("no space left", null));
    }
    events.add(event);
    CompletableFuture<Void> written = new CompletableFuture<>();
    if (holding) {
      held.add(written);
    } else {
      written.complete(null);
    }
    return written;
  }

  @Override
  public synchronized boolean writable() {
    return !failing;
  }

  public synchronized List<AuditEvent> events() {
    return List.copyOf(events);
  }

  public synchronized void fail(boolean fails) {
    failing = fails;
  }

  public synchronized void hold() {
    holding = true;
  }

  public synchronized void release() {
    holding = false;
    held.forEach(written -> written.complete(null));
    held.clear();
  }
}
