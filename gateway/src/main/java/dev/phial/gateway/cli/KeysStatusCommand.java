package dev.phial.gateway.cli;

import dev.phial.proto.v1.ListKeysetsRequest;
import picocli.CommandLine.Command;

/** {@code phial keys status}. */
@Command(
    name = "status",
    description = {
      "Shows what hangs on which key-encryption key: how many keysets of how many tenants, and how many data keys.",
      "A data key that two key-encryption keys wrap counts under both; ALONE are those that no other opens.",
      "A key-encryption key that is not shown guards nothing here and may be retired."
    },
    mixinStandardHelpOptions = true)
final class KeysStatusCommand extends AdminCommand {

  @Override
  public Integer call() {
    return print(
        ask(admin -> admin.listKeysets(ListKeysetsRequest.getDefaultInstance()).getKeysetsList()),
        keysets -> KekInventory.of(keysets).json(),
        keysets -> KekInventory.of(keysets).table());
  }
}
