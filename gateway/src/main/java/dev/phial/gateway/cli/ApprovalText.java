package dev.phial.gateway.cli;

import com.google.protobuf.Timestamp;
import dev.phial.proto.v1.Proposal;
import dev.phial.proto.v1.ProposalParameter;
import dev.phial.proto.v1.ProposalState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Proposals as a table, one in full, and as JSON. */
final class ApprovalText {
  private static final String ROW = "%-36s  %-9s  %-20s  %-20s  %-24s  %s%n";

  private ApprovalText() {}

  static String table(List<Proposal> proposals) {
    StringBuilder text = new StringBuilder();
    text.append(String.format(
        Locale.ROOT, ROW, "ID", "STATE", "EXPIRES", "OPERATION", "PROPOSED BY", "DECIDED BY"));
    proposals.forEach(proposal -> text.append(String.format(
        Locale.ROOT,
        ROW,
        proposal.getId(),
        state(proposal),
        time(proposal.getExpires()),
        proposal.getOperation(),
        proposal.getProposer(),
        proposal.getDecider().isEmpty() ? "-" : proposal.getDecider())));
    return text.toString();
  }

  static String full(Proposal proposal) {
    StringBuilder text = new StringBuilder();
    fact(text, "proposal", proposal.getId());
    fact(text, "state", state(proposal));
    fact(text, "operation", proposal.getOperation());
    proposal.getEffectsList().forEach(effect -> fact(text, "effect", effect));
    for (ProposalParameter parameter : proposal.getParametersList()) {
      fact(text, parameter.getName(), String.join(" ", parameter.getValuesList()));
    }
    fact(text, "by", proposal.getProposer() + " (" + proposal.getProposerIssuer() + ")");
    fact(text, "created", time(proposal.getCreated()));
    fact(text, "expires", time(proposal.getExpires()));
    if (!proposal.getDecider().isEmpty()) {
      fact(
          text,
          "decided",
          time(proposal.getDecided()) + " by " + proposal.getDecider() + " ("
              + proposal.getDeciderIssuer() + ")");
    }
    fact(text, "digest", proposal.getDigest());
    return text.toString();
  }

  private static void fact(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-9s  %s%n", name, value));
  }

  static String json(List<Proposal> proposals) {
    StringBuilder lines = new StringBuilder();
    proposals.forEach(proposal -> lines.append(json(proposal)).append(System.lineSeparator()));
    return lines.toString();
  }

  private static String json(Proposal proposal) {
    return JsonLine.write(json -> {
      json.writeStringField("proposal", proposal.getId());
      json.writeStringField("state", state(proposal));
      json.writeStringField("operation", proposal.getOperation());
      json.writeArrayFieldStart("effects");
      for (String effect : proposal.getEffectsList()) {
        json.writeString(effect);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("parameters");
      for (ProposalParameter parameter : proposal.getParametersList()) {
        json.writeArrayFieldStart(parameter.getName());
        for (String value : parameter.getValuesList()) {
          json.writeString(value);
        }
        json.writeEndArray();
      }
      json.writeEndObject();
      json.writeStringField("proposer", proposal.getProposer());
      json.writeStringField("proposer_issuer", proposal.getProposerIssuer());
      json.writeStringField("created", time(proposal.getCreated()));
      json.writeStringField("expires", time(proposal.getExpires()));
      if (!proposal.getDecider().isEmpty()) {
        json.writeStringField("decider", proposal.getDecider());
        json.writeStringField("decider_issuer", proposal.getDeciderIssuer());
        json.writeStringField("decided", time(proposal.getDecided()));
      }
      json.writeStringField("digest", proposal.getDigest());
    });
  }

  static boolean isPending(Proposal proposal) {
    return proposal.getState() == ProposalState.PROPOSAL_STATE_PENDING;
  }

  private static String state(Proposal proposal) {
    return proposal.getState().name().replace("PROPOSAL_STATE_", "").toLowerCase(Locale.ROOT);
  }

  private static String time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds()).toString();
  }
}
