package dev.phial.gateway;

import dev.phial.gateway.admin.AdminOperations;
import dev.phial.gateway.admin.AuditedAdministration;
import dev.phial.gateway.admin.AuditedDestructionOperations;
import dev.phial.gateway.admin.AuditedKeyOperations;
import dev.phial.gateway.admin.AuditedPinOperations;
import dev.phial.gateway.admin.AuditedTokenOperations;
import dev.phial.gateway.admin.DestructionReceipts;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.keys.DestructionRules;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.store.TokenStore;
import java.time.InstantSource;

/** What administrators can do, with everything around it. */
final class AdminWiring {
  private AdminWiring() {}

  static AdminOperations operations(
      Keysets keys,
      DestructionRules destruction,
      Evidence evidence,
      TokenStore tokens,
      Policy policy,
      AuditLog audit,
      InstantSource clock) {
    AuditedAdministration audited = new AuditedAdministration(() -> policy, audit);
    return new AdminOperations(
        new AuditedKeyOperations(keys, audited),
        new AuditedPinOperations(keys, audited),
        new AuditedTokenOperations(tokens, audited, clock),
        new AuditedDestructionOperations(
            new AuditedDestructionOperations.Ground(keys, keys, keys, tokens),
            destruction,
            new DestructionReceipts(keys, evidence),
            audited,
            clock));
  }
}
