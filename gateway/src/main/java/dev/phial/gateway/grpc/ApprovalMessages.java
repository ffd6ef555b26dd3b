package dev.phial.gateway.grpc;

import com.google.protobuf.Timestamp;
import dev.phial.gateway.admin.approval.ProposalView;
import dev.phial.proto.v1.Proposal;
import dev.phial.proto.v1.ProposalParameter;
import dev.phial.proto.v1.ProposalState;
import java.time.Instant;
import java.util.List;

/** Proposals: from the words of administration to messages. */
final class ApprovalMessages {
  private ApprovalMessages() {}

  /** All of it. */
  static Proposal proposal(ProposalView view) {
    return summary(view).toBuilder()
        .addAllParameters(view.proposal().parameters().values().entrySet().stream()
            .map(parameter -> ProposalParameter.newBuilder()
                .setName(parameter.getKey())
                .addAllValues(parameter.getValue())
                .build())
            .toList())
        .build();
  }

  static List<Proposal> summaries(List<ProposalView> views) {
    return views.stream().map(ApprovalMessages::summary).toList();
  }

  /** Without the parameters, which may be many. */
  private static Proposal summary(ProposalView view) {
    Proposal.Builder message = Proposal.newBuilder()
        .setId(view.proposal().id())
        .setOperation(view.proposal().action())
        .addAllEffects(view.proposal().effects())
        .setState(state(view.status()))
        .setDigest(view.digest())
        .setProposer(view.proposal().proposer().name())
        .setProposerIssuer(view.proposal().proposer().issuer())
        .setCreated(timestamp(view.proposal().created()))
        .setExpires(timestamp(view.proposal().expires()));
    view.decision()
        .ifPresent(decision -> message
            .setDecider(decision.by().name())
            .setDeciderIssuer(decision.by().issuer())
            .setDecided(timestamp(decision.at())));
    return message.build();
  }

  private static ProposalState state(ProposalView.Status status) {
    return switch (status) {
      case PENDING -> ProposalState.PROPOSAL_STATE_PENDING;
      case EXPIRED -> ProposalState.PROPOSAL_STATE_EXPIRED;
      case APPROVED -> ProposalState.PROPOSAL_STATE_APPROVED;
      case DONE -> ProposalState.PROPOSAL_STATE_DONE;
      case FAILED -> ProposalState.PROPOSAL_STATE_FAILED;
      case WITHDRAWN -> ProposalState.PROPOSAL_STATE_WITHDRAWN;
    };
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }
}
