package dev.phial.gateway.audit;

/** What a verification of an audit log found. */
public sealed interface Verification {

  /**
   * Every record follows the one before it. That nothing was cut off at the end only a head noted down elsewhere can tell.
   *
   * @param head the last record
   */
  record Intact(AuditHead head) implements Verification {}

  /**
   * The chain is broken.
   *
   * @param line the line of the first bad record, from 1
   * @param good the last record before it
   * @param reason what is wrong with it
   */
  record Broken(long line, AuditHead good, String reason) implements Verification {
    @Override
    public String toString() {
      return "line " + line + " " + reason;
    }
  }
}
