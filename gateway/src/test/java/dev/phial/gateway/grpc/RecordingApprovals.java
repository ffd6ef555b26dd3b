package dev.phial.gateway.grpc;

import dev.phial.gateway.admin.approval.ApprovalOperations;
import dev.phial.gateway.admin.approval.Parameters;
import dev.phial.gateway.admin.approval.Person;
import dev.phial.gateway.admin.approval.Proposal;
import dev.phial.gateway.admin.approval.ProposalView;
import dev.phial.gateway.engine.EngineException;
import dev.phial.gateway.engine.RefusalCode;
import dev.phial.gateway.identity.Call;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One proposal, which is there in whatever state is asked for. */
final class RecordingApprovals implements ApprovalOperations {
  static final String DIGEST = "d1".repeat(32);
  private static final Instant CREATED = Instant.parse("2026-03-01T10:00:00Z");

  static ProposalView view(ProposalView.Status status) {
    boolean undecided =
        status == ProposalView.Status.PENDING || status == ProposalView.Status.EXPIRED;
    return new ProposalView(
        new Proposal(
            "p-1",
            "delete_tokens",
            Parameters.of(Map.of("token", List.of("1", "2"))),
            "tokens 0",
            List.of("deletes the values behind 2 tokens"),
            new Person("officer.one", "issuer"),
            CREATED,
            CREATED.plusSeconds(60)),
        DIGEST,
        status,
        undecided
            ? Optional.empty()
            : Optional.of(new ProposalView.Decision(
                new Person("officer.two", "issuer"), CREATED.plusSeconds(7))));
  }

  @Override
  public CompletionStage<List<ProposalView>> list(Call call) {
    return CompletableFuture.completedStage(List.of(
        view(ProposalView.Status.PENDING),
        view(ProposalView.Status.EXPIRED),
        view(ProposalView.Status.APPROVED),
        view(ProposalView.Status.FAILED)));
  }

  @Override
  public CompletionStage<ProposalView> show(Call call, String id) {
    return CompletableFuture.completedStage(view(ProposalView.Status.PENDING));
  }

  @Override
  public CompletionStage<ProposalView> approve(Call call, String id, String digest) {
    return digest.equals(DIGEST)
        ? CompletableFuture.completedStage(view(ProposalView.Status.DONE))
        : CompletableFuture.failedStage(
            new EngineException(RefusalCode.PROPOSAL_STATE, "another digest"));
  }

  @Override
  public CompletionStage<ProposalView> withdraw(Call call, String id) {
    return CompletableFuture.completedStage(view(ProposalView.Status.WITHDRAWN));
  }
}
