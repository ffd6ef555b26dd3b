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
import dev.phial.gateway.config.GatewayConfig;
import dev.phial.gateway.evidence.Evidence;
import dev.phial.gateway.jobs.Jobs;
import dev.phial.gateway.keys.Keysets;
import dev.phial.gateway.policy.Policy;
import dev.phial.gateway.store.SqlStore;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** What administrators can do, with everything around it. */
final class AdminWiring {
  private final GatewayConfig config;
  private final Policy policy;
  private final AuditLog audit;
  private final InstantSource clock;

  AdminWiring(GatewayConfig config, Policy policy, AuditLog audit, InstantSource clock) {
    this.config = config;
    this.policy = policy;
    this.audit = audit;
    this.clock = clock;
  }

  AdminOperations operations(Keysets keys, SqlStore store, Jobs jobs, Evidence evidence) {
    AuditedAdministration audited = new AuditedAdministration(() -> policy, audit);
    TokenDeletion tokenDeletion = new TokenDeletion(store.tokens(), clock);
    Approvals approvals = new Approvals(
        store.proposals(),
        List.of(tokenDeletion),
        audited,
        rules(),
        clock,
        () -> UUID.randomUUID().toString());
    return new AdminOperations(
        new AuditedKeyOperations(keys, keys, store.tokens(), audited),
        new AuditedPinOperations(keys, audited),
        new AuditedTokenOperations(store.tokens(), audited, approvals, tokenDeletion, clock),
        new AuditedDestructionOperations(
            new AuditedDestructionOperations.Ground(keys, keys, keys, store.tokens()),
            config.keys().destruction(),
            new DestructionReceipts(keys, evidence),
            audited,
            clock),
        approvals,
        new AuditedJobOperations(jobs, audited));
  }

  private ApprovalRules rules() {
    Admin.Approvals rules = approvals(config);
    return new ApprovalRules(rules.persons(), rules.validFor());
  }

  /** What the configuration says of approvals; the usual where it says nothing. */
  static Admin.Approvals approvals(GatewayConfig config) {
    return config.admin().map(Admin::approvals).orElse(Admin.Approvals.DEFAULTS);
  }
}
