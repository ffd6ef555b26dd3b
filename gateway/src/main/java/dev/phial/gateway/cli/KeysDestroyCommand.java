package dev.phial.gateway.cli;

import dev.phial.proto.v1.CancelKeyDestructionRequest;
import dev.phial.proto.v1.KeyDestructionPlan;
import dev.phial.proto.v1.ScheduleKeyDestructionRequest;
import dev.phial.proto.v1.TrimKeysetRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The commands that lead to the end of key versions, and back. */
abstract class KeysDestroyCommand extends AdminCommand {
  @Mixin
  KeysetOptions keyset = new KeysetOptions();

  /** {@code phial keys destroy}. */
  @Command(
      name = "destroy",
      description = {
        "Takes a version out of use now and destroys it when a waiting time is over.",
        "What it protected opens nowhere and never again: re-encrypt or retokenize it first.",
        "Until then, phial keys cancel-destroy takes it back. The primary version cannot be destroyed: rotate first."
      },
      footer = {
        "",
        "Examples:",
        "  phial keys destroy --tenant default --keyset encrypt --key-version 1 --dry-run",
        "  phial keys destroy --tenant default --keyset encrypt --key-version 1 --waiting 30d",
        "",
        "The gateway knows of pins and vaulted tokens, and refuses while some hang on the version. It does not know which values",
        "in your databases were protected with it."
      },
      mixinStandardHelpOptions = true)
  static final class Destroy extends KeysDestroyCommand {
    @Mixin
    private DestructionOptions terms = new DestructionOptions();

    @Option(
        names = "--key-version",
        paramLabel = "N",
        required = true,
        description = "which version")
    private int version;

    @Override
    public Integer call() {
      ScheduleKeyDestructionRequest.Builder request = ScheduleKeyDestructionRequest.newBuilder()
          .setTenant(keyset.tenant())
          .setPurpose(keyset.purpose())
          .setVersion(version)
          .setDiscard(terms.discard())
          .setDryRun(terms.dryRun());
      terms.waiting().ifPresent(request::setWaiting);
      return plan(
          terms, ask(admin -> admin.scheduleKeyDestruction(request.build()).getPlan()));
    }
  }

  /** {@code phial keys trim}. */
  @Command(
      name = "trim",
      description = {
        "Destroys every version below one, when a waiting time is over. They must be disabled already.",
        "Versions that are destroyed, or will be, stay as they are."
      },
      footer = {
        "",
        "Examples:",
        "  phial keys trim --tenant default --keyset encrypt --below 5 --dry-run",
        "  phial keys trim --tenant default --keyset encrypt --below 5"
      },
      mixinStandardHelpOptions = true)
  static final class Trim extends KeysDestroyCommand {
    @Mixin
    private DestructionOptions terms = new DestructionOptions();

    @Option(
        names = "--below",
        paramLabel = "N",
        required = true,
        description = "the lowest version that stays")
    private int least;

    @Override
    public Integer call() {
      TrimKeysetRequest.Builder request = TrimKeysetRequest.newBuilder()
          .setTenant(keyset.tenant())
          .setPurpose(keyset.purpose())
          .setLeastVersion(least)
          .setDiscard(terms.discard())
          .setDryRun(terms.dryRun());
      terms.waiting().ifPresent(request::setWaiting);
      return plan(terms, ask(admin -> admin.trimKeyset(request.build()).getPlan()));
    }
  }

  /** {@code phial keys cancel-destroy}. */
  @Command(
      name = "cancel-destroy",
      description = {
        "Takes the destruction of a version back while it is not due yet: the version is disabled.",
        "phial keys enable takes it back into use."
      },
      footer = {
        "",
        "Example:",
        "  phial keys cancel-destroy --tenant default --keyset encrypt --key-version 1"
      },
      mixinStandardHelpOptions = true)
  static final class Cancel extends KeysDestroyCommand {
    @Option(
        names = "--key-version",
        paramLabel = "N",
        required = true,
        description = "which version")
    private int version;

    @Override
    public Integer call() {
      CancelKeyDestructionRequest request = CancelKeyDestructionRequest.newBuilder()
          .setTenant(keyset.tenant())
          .setPurpose(keyset.purpose())
          .setVersion(version)
          .build();
      return show(admin -> List.of(admin.cancelKeyDestruction(request).getKeyset()));
    }
  }

  final int plan(DestructionOptions terms, KeyDestructionPlan plan) {
    int exit = print(List.of(plan), DestructionText::json, DestructionText::table);
    if (terms.dryRun()) {
      err().println("nothing was changed");
    } else if (plan.getVersionsCount() == 0) {
      err().println("there was nothing to destroy");
    } else {
      err().printf("out of use now; due %s%n", DestructionText.time(plan.getDestroyTime()));
    }
    err().flush();
    return exit;
  }
}
