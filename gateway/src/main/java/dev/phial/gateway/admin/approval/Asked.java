package dev.phial.gateway.admin.approval;

/**
 * What became of a dangerous operation that somebody asked for.
 *
 * @param <R> what the operation answers
 */
public sealed interface Asked<R> {

  /**
   * It is done: one person is enough here, or there was nothing left to do.
   *
   * @param result the operation's answer
   */
  record Done<R>(R result) implements Asked<R> {}

  /**
   * Nothing is done yet.
   *
   * @param proposal waits for another person
   */
  record Proposed<R>(ProposalView proposal) implements Asked<R> {}
}
