package dev.phial.gateway.cli;

import dev.phial.proto.v1.Keyset;
import dev.phial.proto.v1.RotateKeysetRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code phial keys rotate}. */
@Command(
    name = "rotate",
    description = {
      "Adds a version to a keyset and makes it primary. Old data still opens.",
      "First every gateway on the same store learns the version, then the first one writes with it. If that takes more",
      "than 10 seconds, the version is shown as pending, and the rotation goes on by itself. Repeating is safe: a version",
      "that is pending is waited for, and no other one added."
    },
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
    return show(admin -> {
      Keyset rotated = admin.rotateKeyset(request).getKeyset();
      if (rotated.getPendingVersion() != 0) {
        err()
            .printf(
                "version %d is pending: a gateway on this store does not know it yet; phial keys list shows when it is primary%n",
                rotated.getPendingVersion());
        err().flush();
      }
      return List.of(rotated);
    });
  }
}
