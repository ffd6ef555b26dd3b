package dev.phial.gateway.cli;

import dev.phial.proto.v1.RotateKeysetRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code phial keys rotate}. */
@Command(
    name = "rotate",
    description = "Adds a version to a keyset and makes it primary. Old data still opens.",
    footer = {"", "Example:", "  phial keys rotate --tenant default --keyset encrypt"},
    mixinStandardHelpOptions = true)
final class KeysRotateCommand extends AdminCommand {
  @Mixin
  private KeysetOptions keyset = new KeysetOptions();

  @Override
  public Integer call() {
    RotateKeysetRequest request = RotateKeysetRequest.newBuilder()
        .setTenant(keyset.tenant())
        .setPurpose(keyset.purpose())
        .build();
    return show(admin -> List.of(admin.rotateKeyset(request).getKeyset()));
  }
}
