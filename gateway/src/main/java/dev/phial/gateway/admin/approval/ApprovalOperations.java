package dev.phial.gateway.admin.approval;

import dev.phial.gateway.identity.Call;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Proposals of dangerous operations, on behalf of a caller: allowed only to roles that administer, and audited before they
 * answer. Stages fail with {@link dev.phial.gateway.engine.EngineException}.
 */
public interface ApprovalOperations {

  /** The newest proposals, newest first, decided ones too. */
  CompletionStage<List<ProposalView>> list(Call call);

  /** One proposal. */
  CompletionStage<ProposalView> show(Call call, String id);

  /**
   * Approves a proposal and carries it out. Only for another person than the proposer, known by the same issuer; refused unless
   * the proposal is pending, in time, to the byte the one that was looked at, and what it is about is as it was.
   *
   * @param digest that of the proposal that the approver has looked at
   * @return the proposal, carried out
   */
  CompletionStage<ProposalView> approve(Call call, String id, String digest);

  /** Takes a pending proposal back; any administrator may. */
  CompletionStage<ProposalView> withdraw(Call call, String id);
}
