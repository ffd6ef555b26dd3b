package dev.phial.gateway;

import dev.phial.gateway.cli.PhialCommand;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts the phial command. */
public final class Main {
  // The TLS provider logs to java.util.logging, each failed handshake of a stranger with a stack
  // trace. Held, so that the level stays.
  private static final Logger BOUNCY_CASTLE = Logger.getLogger("org.bouncycastle");

  private Main() {}

  public static void main(String[] arguments) {
    BOUNCY_CASTLE.setLevel(Level.SEVERE);
    System.exit(PhialCommand.run(arguments));
  }
}
