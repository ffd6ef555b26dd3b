package dev.phial.gateway;

import dev.phial.gateway.cli.PhialCommand;

/** Starts the phial command. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(PhialCommand.run(arguments));
  }
}
