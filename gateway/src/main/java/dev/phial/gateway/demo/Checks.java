package dev.phial.gateway.demo;

import java.io.PrintStream;

/** Checks of the demonstration: printed as they are made, remembered for the exit code. */
final class Checks {
  private final PrintStream out;
  private int failed;

  Checks(PrintStream out) {
    this.out = out;
  }

  void that(String statement, boolean holds) {
    out.println("  " + (holds ? "[ok]    " : "[FAILED] ") + statement);
    if (!holds) {
      failed++;
    }
  }

  boolean allHold() {
    return failed == 0;
  }
}
