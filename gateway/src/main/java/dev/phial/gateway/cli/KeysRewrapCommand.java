package dev.phial.gateway.cli;

import dev.phial.proto.v1.AdminServiceGrpc.AdminServiceBlockingStub;
import dev.phial.proto.v1.Keyset;
import dev.phial.proto.v1.ListKeysetsRequest;
import dev.phial.proto.v1.RewrapKeysetRequest;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phial keys rewrap}. */
@Command(
    name = "rewrap",
    description = {
      "Wraps data keys under the current version of the key-encryption key (keys.kek of the configuration).",
      "Touches no data. May be interrupted and repeated at any moment."
    },
    footer = {
      "",
      "Examples:",
      "  phial keys rewrap --dry-run",
      "  phial keys rewrap --tenant default",
      "",
      "For thousands of keysets, `phial jobs start rewrap` does the same beside the calls and signs a report.",
      "`phial keys status` shows what still hangs on which key-encryption key."
    },
    mixinStandardHelpOptions = true)
final class KeysRewrapCommand extends AdminCommand {
  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "the keysets of one tenant only; without it, of all")
  private String tenant = "";

  @Option(names = "--dry-run", description = "only show which keysets would be rewrapped")
  private boolean dryRun;

  @Override
  public Integer call() {
    return show(admin -> {
      List<Keyset> keysets = admin
          .listKeysets(ListKeysetsRequest.newBuilder().setTenant(tenant).build())
          .getKeysetsList();
      return dryRun ? keysets : rewrap(admin, keysets);
    });
  }

  private List<Keyset> rewrap(AdminServiceBlockingStub admin, List<Keyset> keysets) {
    List<Keyset> done = new ArrayList<>(keysets.size());
    for (Keyset keyset : keysets) {
      done.add(admin
          .rewrapKeyset(RewrapKeysetRequest.newBuilder()
              .setTenant(keyset.getTenant())
              .setPurpose(keyset.getPurpose())
              .build())
          .getKeyset());
      err().printf("rewrapped %d of %d keysets%n", done.size(), keysets.size());
      err().flush();
    }
    return done;
  }
}
