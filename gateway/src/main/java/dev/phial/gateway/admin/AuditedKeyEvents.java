package dev.phial.gateway.admin;

import dev.phial.crypto.key.KeyPurpose;
import dev.phial.gateway.audit.AuditEvent;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.keys.KeyEvents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens to keys by itself, in the audit log under the name of the gateway. A version is added only after the record that
 * it will be; the others cannot wait, and while the log cannot be written nothing is answered anyway.
 */
public final class AuditedKeyEvents implements KeyEvents {
  private static final Logger LOG = LoggerFactory.getLogger(AuditedKeyEvents.class);

  private final AuditLog audit;

  public AuditedKeyEvents(AuditLog audit) {
    this.audit = audit;
  }

  @Override
  public CompletionStage<Void> usedUp(String tenant, KeyPurpose purpose, int version) {
    return audit.append(
        event("rotate_used_up", tenant, purpose, "begun", "key_version", String.valueOf(version)));
  }

  @Override
  public void promoted(String tenant, KeyPurpose purpose, int version) {
    LOG.info("a pending key version is primary now: every gateway on this store knows it");
    note(event("finish_rotation", tenant, purpose, "ok", "key_version", String.valueOf(version)));
  }

  @Override
  public void stale(String tenant, KeyPurpose purpose, Duration left) {
    LOG.warn(
        "the keys of a tenant cannot be confirmed by the KMS; they are used for {} s more",
        left.toSeconds());
    note(event(
        "use_unconfirmed",
        tenant,
        purpose,
        "ok",
        "seconds_left",
        String.valueOf(left.toSeconds())));
  }

  @Override
  public void withdrawn(String tenant, KeyPurpose purpose) {
    LOG.warn("the KMS gives the keys of a tenant no more, or was silent too long; they are wiped");
    note(event("withdraw", tenant, purpose, "ok", "key_tenant", tenant));
  }

  private void note(AuditEvent event) {
    var unused = audit.append(event).exceptionally(failure -> {
      LOG.error("a change of keys could not be recorded in the audit log");
      return null;
    });
  }

  private static AuditEvent event(
      String action, String tenant, KeyPurpose purpose, String outcome, String name, String value) {
    return new AuditEvent(
        action,
        "phial",
        tenant,
        "",
        "gateway",
        "",
        outcome,
        List.of(),
        Map.of("key_purpose", purpose.name(), name, value));
  }
}
