package dev.phial.gateway.cli;

import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.CountTokensRequest;
import dev.phial.proto.v1.DeleteTokensRequest;
import dev.phial.proto.v1.DeleteTokensResponse;
import dev.phial.proto.v1.DescribeTokensRequest;
import dev.phial.proto.v1.DisableTokensRequest;
import dev.phial.proto.v1.EnableTokensRequest;
import dev.phial.proto.v1.TokenSelection;
import dev.phial.proto.v1.VaultedToken;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phial tokens}. */
@Command(
    name = "tokens",
    description = {
      "Vaulted tokens (tokenize: { kind: vaulted }), through the admin API. Shows no value.",
      "Tokens that were never made, or are another tenant's or element's, are left out of answers."
    },
    subcommands = {
      TokensCommand.Describe.class,
      TokensCommand.Disable.class,
      TokensCommand.Enable.class,
      TokensCommand.Delete.class,
      TokensCommand.Count.class
    },
    mixinStandardHelpOptions = true)
final class TokensCommand {

  /** Which tokens a command is about. */
  static final class TokenOptions {
    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        required = true,
        description = "whose tokens")
    private String tenant = "";

    @Option(
        names = {"-e", "--element"},
        paramLabel = "ELEMENT",
        required = true,
        description = "of which data element")
    private String element = "";

    @Parameters(paramLabel = "TOKEN", arity = "1..1000", description = "one or more tokens")
    private List<String> tokens = List.of();

    TokenSelection selection() {
      return TokenSelection.newBuilder()
          .setTenant(tenant)
          .setElement(element)
          .addAllTokens(tokens)
          .build();
    }

    int asked() {
      return (int) tokens.stream().distinct().count();
    }
  }

  /** An operation on tokens: its answer is what they are now. */
  abstract static class Operation extends AdminCommand {
    @Mixin
    TokenOptions tokens = new TokenOptions();

    final int run(Function<AdminServiceBlockingStub, List<VaultedToken>> call) {
      return shown(ask(call));
    }

    final int shown(List<VaultedToken> found) {
      int exit = print(found, TokenText::json, TokenText::table);
      int missing = tokens.asked() - found.size();
      if (missing > 0) {
        err().printf("%d of %d tokens are unknown%n", missing, tokens.asked());
        err().flush();
        return ExitCode.REFUSED;
      }
      return exit;
    }
  }

  /** {@code phial tokens describe}. */
  @Command(
      name = "describe",
      description = "Says of tokens when they were made, when they end, and whether they open.",
      footer = {"", "Example:", "  phial tokens describe --tenant default -e zip 48213"},
      mixinStandardHelpOptions = true)
  static final class Describe extends Operation {
    @Override
    public Integer call() {
      DescribeTokensRequest request =
          DescribeTokensRequest.newBuilder().setSelection(tokens.selection()).build();
      return run(admin -> admin.describeTokens(request).getTokensList());
    }
  }

  /** {@code phial tokens disable}. */
  @Command(
      name = "disable",
      description = "Lets tokens open nothing until they are enabled again.",
      footer = {"", "Example:", "  phial tokens disable --tenant default -e zip 48213"},
      mixinStandardHelpOptions = true)
  static final class Disable extends Operation {
    @Override
    public Integer call() {
      DisableTokensRequest request =
          DisableTokensRequest.newBuilder().setSelection(tokens.selection()).build();
      return run(admin -> admin.disableTokens(request).getTokensList());
    }
  }

  /** {@code phial tokens enable}. */
  @Command(
      name = "enable",
      description = "Lets disabled tokens open again.",
      footer = {"", "Example:", "  phial tokens enable --tenant default -e zip 48213"},
      mixinStandardHelpOptions = true)
  static final class Enable extends Operation {
    @Override
    public Integer call() {
      EnableTokensRequest request =
          EnableTokensRequest.newBuilder().setSelection(tokens.selection()).build();
      return run(admin -> admin.enableTokens(request).getTokensList());
    }
  }

  /** {@code phial tokens delete}. */
  @Command(
      name = "delete",
      description = {
        "Deletes the values behind tokens, for good: nobody gets them back.",
        "The tokens are never given to other values. Without --yes it only shows what would be deleted.",
        "Takes two persons: with --yes it is proposed (exit code 75), and done when another administrator approves it (phial approvals)."
      },
      footer = {"", "Example:", "  phial tokens delete --tenant default -e zip --yes 48213"},
      mixinStandardHelpOptions = true)
  static final class Delete extends Operation {
    @Option(names = "--yes", description = "do it")
    private boolean confirmed;

    @Override
    public Integer call() {
      return confirmed ? delete() : show();
    }

    private int delete() {
      DeleteTokensRequest request =
          DeleteTokensRequest.newBuilder().setSelection(tokens.selection()).build();
      DeleteTokensResponse answer = ask(admin -> admin.deleteTokens(request));
      return answer.hasProposal() ? proposed(answer.getProposal()) : shown(answer.getTokensList());
    }

    private int show() {
      DescribeTokensRequest request =
          DescribeTokensRequest.newBuilder().setSelection(tokens.selection()).build();
      int exit = run(admin -> admin.describeTokens(request).getTokensList());
      err().println("nothing was deleted; add --yes to delete the values of these tokens for good");
      err().flush();
      return exit;
    }
  }

  /** {@code phial tokens count}. */
  @Command(
      name = "count",
      description = {
        "Counts a tenant's tokens by element and by the version of its encrypt keyset that seals their values.",
        "A version on which none hangs can be disabled without harm to tokens; phial retokenize moves them."
      },
      footer = {"", "Example:", "  phial tokens count --tenant default"},
      mixinStandardHelpOptions = true)
  static final class Count extends AdminCommand {
    @Option(
        names = "--tenant",
        paramLabel = "TENANT",
        required = true,
        description = "whose tokens")
    private String tenant = "";

    @Override
    public Integer call() {
      CountTokensRequest request =
          CountTokensRequest.newBuilder().setTenant(tenant).build();
      return print(
          ask(admin -> admin.countTokens(request).getCountsList()),
          TokenText::jsonCounts,
          TokenText::countsTable);
    }
  }
}
