package dev.phial.gateway.admin.approval;

import java.time.Instant;
import java.util.Optional;

/**
 * A proposal and where it stands.
 *
 * @param proposal what would be done
 * @param digest SHA-256 of all of it, in hex: an approval is for this and nothing else
 * @param status where it stands
 * @param decision who approved or withdrew it, if anybody has
 */
public record ProposalView(
    Proposal proposal, String digest, Status status, Optional<Decision> decision) {

  /** Where a proposal stands. */
  public enum Status {
    /** Waits for a second person. */
    PENDING,
    /** Nobody approved it in time. */
    EXPIRED,
    /** Approved; being carried out, or a gateway ended before it could say what came of it. Not carried out again. */
    APPROVED,
    /** Carried out. */
    DONE,
    /** Approved, and refused when it was carried out. */
    FAILED,
    /** Taken back. */
    WITHDRAWN
  }

  /**
   * Who decided, and when.
   *
   * @param by the person
   * @param at when, in whole milliseconds
   */
  public record Decision(Person by, Instant at) {}
}
