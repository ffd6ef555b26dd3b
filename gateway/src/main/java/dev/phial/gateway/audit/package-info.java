/**
 * The audit log: durable, hash-chained, written before any answer leaves. {@link dev.phial.gateway.audit.FileAuditLog} writes
 * it, {@link dev.phial.gateway.audit.AuditVerifier} checks it.
 */
@NullMarked
package dev.phial.gateway.audit;

import org.jspecify.annotations.NullMarked;
