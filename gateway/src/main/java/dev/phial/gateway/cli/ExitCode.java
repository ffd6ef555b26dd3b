package dev.phial.gateway.cli;

/** Exit codes of the phial command; those above 63 as {@code sysexits.h} has them. */
final class ExitCode {
  static final int OK = 0;
  /** Something was refused; standard error says what. */
  static final int REFUSED = 1;
  /** The command line is wrong. */
  static final int USAGE = 2;
  /** The gateway cannot be reached. */
  static final int UNAVAILABLE = 69;
  /** A defect of the program. */
  static final int SOFTWARE = 70;
  /** Nothing is done yet: another person has to approve it. */
  static final int PROPOSED = 75;
  /** The configuration or the policy is wrong. */
  static final int CONFIG = 78;

  private ExitCode() {}
}
