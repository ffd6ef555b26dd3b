package dev.phial.gateway.cli;

import dev.phial.proto.v1.GetDestructionReceiptRequest;
import dev.phial.proto.v1.KeyPurpose;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code phial keys receipt}. */
@Command(
    name = "receipt",
    description = {
      "Prints a signed statement of which of a tenant's key versions are destroyed, since when and on whose word.",
      "phial evidence verify checks it, with the gateway's public key alone."
    },
    footer = {
      "",
      "Examples:",
      "  phial keys receipt --tenant default --keyset encrypt >receipt.jws",
      "  phial evidence verify receipt.jws --key phial-evidence.jwk",
      "",
      "A receipt speaks of the store as it is. Backups of the store that are older than the destruction still hold wrapped keys:",
      "docs/keys.md says what to do about them."
    },
    mixinStandardHelpOptions = true)
final class KeysReceiptCommand extends AdminCommand {
  @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose keys")
  private String tenant = "";

  @Option(
      names = "--keyset",
      paramLabel = "PURPOSE",
      description = "of one keyset only: encrypt, tokenize or index; without it, of all")
  private Optional<KeysetOptions.Purpose> purpose = Optional.empty();

  @Override
  public Integer call() {
    GetDestructionReceiptRequest.Builder request =
        GetDestructionReceiptRequest.newBuilder().setTenant(tenant);
    purpose.ifPresent(one -> request.setPurpose(KeyPurpose.valueOf("KEY_PURPOSE_" + one.name())));
    String receipt = ask(admin -> admin.getDestructionReceipt(request.build()).getReceipt());
    return print(
        List.of(receipt),
        receipts -> JsonLine.write(json -> json.writeStringField("receipt", receipts.get(0)))
            + System.lineSeparator(),
        receipts -> receipts.get(0) + System.lineSeparator());
  }
}
