package dev.phial.gateway.cli;

import com.google.protobuf.Duration;
import dev.phial.proto.v1.CancelTenantShredRequest;
import dev.phial.proto.v1.KeyDestructionPlan;
import dev.phial.proto.v1.ShredTenantRequest;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phial keys shred} and {@code phial keys cancel-shred}: the end of a tenant. */
abstract class KeysShredCommand extends AdminCommand {
  @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose keys")
  String tenant = "";

  /** {@code phial keys shred}. */
  @Command(
      name = "shred",
      description = {
        "Takes all keys of a tenant out of use now and destroys them when a waiting time is over (crypto-shred), with its",
        "pins and the values of its vaulted tokens. Nothing that was protected for the tenant opens again, and the tenant gets no",
        "other keys. Without --yes it only shows what would be destroyed."
      },
      footer = {
        "",
        "Examples:",
        "  phial keys shred --tenant north",
        "  phial keys shred --tenant north --waiting 30d --yes",
        "  phial keys receipt --tenant north >north.jws      when it is done",
        "",
        "Backups of the store that are older still hold wrapped keys: docs/keys.md says what to do about them."
      },
      mixinStandardHelpOptions = true)
  static final class Shred extends KeysShredCommand {
    @Option(
        names = "--waiting",
        paramLabel = "TIME",
        converter = DestructionOptions.Waiting.class,
        description =
            "for how long it can be taken back, such as 30d; without it, keys.destroy.waiting of the gateway")
    private Optional<Duration> waiting = Optional.empty();

    @Option(names = "--yes", description = "do it")
    private boolean confirmed;

    @Override
    public Integer call() {
      ShredTenantRequest.Builder request =
          ShredTenantRequest.newBuilder().setTenant(tenant).setDryRun(!confirmed);
      waiting.ifPresent(request::setWaiting);
      List<KeyDestructionPlan> plans =
          ask(admin -> admin.shredTenant(request.build()).getPlansList());
      int exit = print(plans, DestructionText::json, DestructionText::table);
      err()
          .println(
              confirmed
                  ? "all keys of the tenant are out of use now"
                  : "nothing was changed; add --yes to destroy all keys of the tenant");
      err().flush();
      return exit;
    }
  }

  /** {@code phial keys cancel-shred}. */
  @Command(
      name = "cancel-shred",
      description = {
        "Takes a shred back while it is not due yet: the primary versions are enabled again, all others are disabled;",
        "phial keys enable takes them back into use."
      },
      footer = {"", "Example:", "  phial keys cancel-shred --tenant north"},
      mixinStandardHelpOptions = true)
  static final class Cancel extends KeysShredCommand {
    @Override
    public Integer call() {
      CancelTenantShredRequest request =
          CancelTenantShredRequest.newBuilder().setTenant(tenant).build();
      return show(admin -> admin.cancelTenantShred(request).getKeysetsList());
    }
  }
}
