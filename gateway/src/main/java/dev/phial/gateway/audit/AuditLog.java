package dev.phial.gateway.audit;

import java.util.concurrent.CompletionStage;

/**
 * The audit log. The stage of {@link #append} completes when the record is durable; an answer leaves only then.
 *
 * <p>Thread-safe; does not block. A stage fails with an {@link AuditUnavailableException} within the configured time when
 * the record cannot be made durable; it never hangs.
 */
public interface AuditLog {
  CompletionStage<Void> append(AuditEvent event);

  /** Whether the next append can be expected to succeed: part of readiness. */
  boolean writable();
}
