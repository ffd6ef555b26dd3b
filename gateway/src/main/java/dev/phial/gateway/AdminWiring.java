package dev.phial.gateway;

import dev.phial.gateway.admin.AdminOperations;
import dev.phial.gateway.admin.AuditedAdministration;
import dev.phial.gateway.admin.AuditedDestructionOperations;
import dev.phial.gateway.admin.AuditedJobOperations;
import dev.phial.gateway.admin.AuditedKeyOperations;
import dev.phial.gateway.admin.AuditedPinOperations;
import dev.phial.gateway.admin.AuditedTokenOperations;
import dev.phial.gateway.admin.DestructionReceipts;
import dev.phial.gateway.admin.TokenDeletion;
import dev.phial.gateway.admin.approval.ApprovalRules;
import dev.phial.gateway.admin.approval.Approvals;
import dev.phial.gateway.audit.AuditLog;
import dev.phial.gateway.config.Admin;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.jobs.Jobs;
import dev.phial.gateway.keys.DestructionRules;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.store.SqlStore;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** What administrators can do, with everything around it. */
final class AdminWiring {
  private AdminWiring() {}

  static AdminOperations operations(
      Admin.Approvals rules,
      Keysets keys,
      DestructionRules destruction,
      Evidence evidence,
      SqlStore store,
      Jobs jobs,
      Policy policy,
      AuditLog audit,
      InstantSource clock) {
    AuditedAdministration audited = new AuditedAdministration(() -> policy, audit);
    TokenDeletion tokenDeletion = new TokenDeletion(store.tokens(), clock);
    Approvals approvals = new Approvals(
        store.proposals(),
        List.of(tokenDeletion),
        audited,
        new ApprovalRules(rules.persons(), rules.validFor()),
        clock,
        () -> UUID.randomUUID().toString());
    return new AdminOperations(
        new AuditedKeyOperations(keys, keys, store.tokens(), audited),
        new AuditedPinOperations(keys, audited),
        new AuditedTokenOperations(store.tokens(), audited, approvals, tokenDeletion, clock),
        new AuditedDestructionOperations(
            new AuditedDestructionOperations.Ground(keys, keys, keys, store.tokens()),
            destruction,
            new DestructionReceipts(keys, evidence),
            audited,
            clock),
        approvals,
        new AuditedJobOperations(jobs, audited));
  }
}
