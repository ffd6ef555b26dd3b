package dev.phial.gateway.store;

/** Where a proposal is in its life. Only {@link #PENDING} and {@link #APPROVED} lead anywhere; that it has expired is a matter of time, not of state. */
public enum ProposalState {
  /** Waits for a second person. */
  PENDING,
  /** Approved, and handed to whoever carries it out; never handed out again. */
  APPROVED,
  /** Carried out. */
  DONE,
  /** Approved, and refused when it was carried out. */
  FAILED,
  /** Taken back. */
  WITHDRAWN
}
