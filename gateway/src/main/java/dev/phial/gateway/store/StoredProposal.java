package dev.phial.gateway.store;

import java.time.Instant;
import java.util.Optional;

/**
 * A proposal as it is stored. Immutable.
 *
 * @param id its name, never given twice
 * @param description exactly what would be done
 * @param created when it was made, in whole milliseconds
 * @param expires from when on it can be approved no more, in whole milliseconds
 * @param state where it is in its life
 * @param decision who approved or withdrew it; none while it is pending
 */
public record StoredProposal(
    String id,
    String description,
    Instant created,
    Instant expires,
    ProposalState state,
    Optional<Decision> decision) {

  /**
   * Who decided, and when.
   *
   * @param by the person's name
   * @param issuer who vouches for that name
   * @param at when, in whole milliseconds
   */
  public record Decision(String by, String issuer, Instant at) {}

  @Override
  public String toString() {
    return "StoredProposal[" + id + ", " + state + "]";
  }
}
