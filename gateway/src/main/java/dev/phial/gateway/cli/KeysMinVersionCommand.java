package dev.phial.gateway.cli;

import dev.phial.proto.v1.SetMinimumVersionRequest;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code phial keys min-version}. */
@Command(
    name = "min-version",
    description = {
      "Lets nothing open that was protected with a version below one: KEY_RETIRED, in every gateway within a minute.",
      "The keys are wiped from memory and stay in the store, so a lower minimum takes it back. Refused above the primary,",
      "and while pins or vaulted tokens hang on a version below. What your own databases hold, nobody but you can know."
    },
    footer = {
      "",
      "Examples:",
      "  phial keys min-version --tenant default --keyset encrypt --key-version 7 --dry-run",
      "  phial keys min-version --tenant default --keyset encrypt --key-version 7",
      "",
      "Protect old data again first: phial reencrypt, phial retokenize."
    },
    mixinStandardHelpOptions = true)
final class KeysMinVersionCommand extends AdminCommand {
  @Mixin
  private KeysetOptions keyset = new KeysetOptions();

  @Option(
      names = "--key-version",
      paramLabel = "N",
      required = true,
      description = "the lowest version that opens; 1 lets all open")
  private int version;

  @Option(names = "--dry-run", description = "only show the keyset as it would be, or the refusal")
  private boolean dryRun;

  @Override
  public Integer call() {
    SetMinimumVersionRequest request = SetMinimumVersionRequest.newBuilder()
        .setTenant(keyset.tenant())
        .setPurpose(keyset.purpose())
        .setVersion(version)
        .setDryRun(dryRun)
        .build();
    return show(admin -> List.of(admin.setMinimumVersion(request).getKeyset()));
  }
}
