package dev.phial.gateway.cli;

import dev.phial.proto.v1.DisableKeyVersionRequest;
import dev.phial.proto.v1.EnableKeyVersionRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code phial keys disable} and {@code phial keys enable}: the same question, answered in opposite ways. */
abstract class KeysSwitchCommand extends AdminCommand {
  @Mixin
  KeysetOptions keyset = new KeysetOptions();

  @Option(names = "--key-version", paramLabel = "N", required = true, description = "which version")
  int version;

  /** {@code phial keys disable}. */
  @Command(
      name = "disable",
      description = {
        "Takes a version out of use: nothing that it protected opens until it is enabled again.",
        "The primary version cannot be disabled: rotate first."
      },
      footer = {
        "",
        "Example:",
        "  phial keys disable --tenant default --keyset encrypt --key-version 1"
      },
      mixinStandardHelpOptions = true)
  static final class Disable extends KeysSwitchCommand {
    @Override
    public Integer call() {
      DisableKeyVersionRequest request = DisableKeyVersionRequest.newBuilder()
          .setTenant(keyset.tenant())
          .setPurpose(keyset.purpose())
          .setVersion(version)
          .build();
      return show(admin -> List.of(admin.disableKeyVersion(request).getKeyset()));
    }
  }

  /** {@code phial keys enable}. */
  @Command(
      name = "enable",
      description = "Takes a disabled version back into use.",
      footer = {
        "",
        "Example:",
        "  phial keys enable --tenant default --keyset encrypt --key-version 1"
      },
      mixinStandardHelpOptions = true)
  static final class Enable extends KeysSwitchCommand {
    @Override
    public Integer call() {
      EnableKeyVersionRequest request = EnableKeyVersionRequest.newBuilder()
          .setTenant(keyset.tenant())
          .setPurpose(keyset.purpose())
          .setVersion(version)
          .build();
      return show(admin -> List.of(admin.enableKeyVersion(request).getKeyset()));
    }
  }
}
