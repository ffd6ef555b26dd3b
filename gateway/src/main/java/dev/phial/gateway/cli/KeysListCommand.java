package dev.phial.gateway.cli;

import dev.phial.proto.v1.ListKeysetsRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phial keys list}. */
@Command(
    name = "list",
    description = "Lists keysets with their versions.",
    mixinStandardHelpOptions = true)
final class KeysListCommand extends AdminCommand {
  @Option(names = "--tenant", paramLabel = "TENANT", description = "of one tenant only")
  private String tenant = "";

  @Override
  public Integer call() {
    ListKeysetsRequest request =
        ListKeysetsRequest.newBuilder().setTenant(tenant).build();
    return show(admin -> admin.listKeysets(request).getKeysetsList());
  }
}
