package dev.phial.gateway.cli;

import picocli.CommandLine.Command;

/** {@code phial keys}. */
@Command(
    name = "keys",
    description = "The key life cycle, through the admin API.",
    subcommands = {
      KeysListCommand.class,
      KeysStatusCommand.class,
      KeysRotateCommand.class,
      KeysSwitchCommand.Disable.class,
      KeysSwitchCommand.Enable.class,
      KeysRewrapCommand.class,
      KeysDestroyCommand.Destroy.class,
      KeysDestroyCommand.Cancel.class,
      KeysDestroyCommand.Trim.class,
      KeysReceiptCommand.class,
      PinsCommand.class
    },
    mixinStandardHelpOptions = true)
public final class KeysCommand {}
