package dev.phial.gateway.cli;

import dev.phial.proto.v1.ApproveProposalRequest;
import dev.phial.proto.v1.GetProposalRequest;
import dev.phial.proto.v1.ListProposalsRequest;
import dev.phial.proto.v1.Proposal;
import dev.phial.proto.v1.WithdrawProposalRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phial approvals}. */
@Command(
    name = "approvals",
    description = {
      "Operations that take two persons: what one administrator has proposed, another approves.",
      "",
      "  1. one:      phial tokens delete --tenant T -e E --yes TOKEN    ends with exit code 75 and names the proposal",
      "  2. another:  phial approvals show ID                            what would be done, and who wants it",
      "  3. another:  phial approvals approve ID --yes                   does it",
      "",
      "Two persons are two names that one issuer vouches for. The local issuer gives any name to whoever can read its key",
      "(--as NAME), which is for trying it out; to hold, this needs an identity provider (admin.auth.jwt) or certificates."
    },
    subcommands = {
      ApprovalsCommand.ListProposals.class,
      ApprovalsCommand.Show.class,
      ApprovalsCommand.Approve.class,
      ApprovalsCommand.Withdraw.class
    },
    mixinStandardHelpOptions = true)
final class ApprovalsCommand {

  /** {@code phial approvals list}. */
  @Command(
      name = "list",
      description = "Lists the newest proposals, newest first.",
      mixinStandardHelpOptions = true)
  static final class ListProposals extends AdminCommand {
    @Option(names = "--all", description = "decided and expired ones too")
    private boolean all;

    @Override
    public Integer call() {
      ListProposalsRequest request = ListProposalsRequest.getDefaultInstance();
      List<Proposal> found = ask(admin -> admin.listProposals(request).getProposalsList());
      return print(
          all ? found : found.stream().filter(ApprovalText::isPending).toList(),
          ApprovalText::json,
          ApprovalText::table);
    }
  }

  /** A command about one proposal. */
  abstract static class OfOne extends AdminCommand {
    @Parameters(paramLabel = "ID", description = "the proposal's id")
    String id = "";

    final Proposal look() {
      GetProposalRequest request = GetProposalRequest.newBuilder().setId(id).build();
      return ask(admin -> admin.getProposal(request).getProposal());
    }

    final int print(Proposal proposal) {
      return print(List.of(proposal), ApprovalText::json, one -> ApprovalText.full(one.get(0)));
    }
  }

  /** {@code phial approvals show}. */
  @Command(
      name = "show",
      description = "Shows exactly what would be done, and who wants it.",
      mixinStandardHelpOptions = true)
  static final class Show extends OfOne {
    @Override
    public Integer call() {
      return print(look());
    }
  }

  /** {@code phial approvals approve}. */
  @Command(
      name = "approve",
      description = {
        "Approves a proposal of somebody else and carries it out, once.",
        "Without --yes it only shows what would be done. Refused when what it is about has changed since."
      },
      footer = {
        "",
        "Example:",
        "  phial approvals approve 6f1b1c1e-0f4e-4a53-9f0e-2d6f1f0a7c11 --yes"
      },
      mixinStandardHelpOptions = true)
  static final class Approve extends OfOne {
    @Option(names = "--yes", description = "do it")
    private boolean confirmed;

    @Option(
        names = "--digest",
        paramLabel = "HEX",
        description =
            "approve only if the proposal has this digest, as `show` said it (default: that of the moment)")
    private String digest = "";

    @Override
    public Integer call() {
      Proposal looked = look();
      if (!confirmed) {
        int exit = print(looked);
        err().println("nothing was done; add --yes to approve this");
        err().flush();
        return exit;
      }
      ApproveProposalRequest request = ApproveProposalRequest.newBuilder()
          .setId(id)
          .setDigest(digest.isEmpty() ? looked.getDigest() : digest)
          .build();
      return print(ask(admin -> admin.approveProposal(request).getProposal()));
    }
  }

  /** {@code phial approvals withdraw}. */
  @Command(
      name = "withdraw",
      description = "Takes a proposal back, so that nobody can approve it. Any administrator may.",
      mixinStandardHelpOptions = true)
  static final class Withdraw extends OfOne {
    @Override
    public Integer call() {
      WithdrawProposalRequest request =
          WithdrawProposalRequest.newBuilder().setId(id).build();
      return print(ask(admin -> admin.withdrawProposal(request).getProposal()));
    }
  }
}
