package dev.phial.gateway.admin.approval;

import java.time.Instant;
import java.util.List;

/**
 * Exactly what would be done, who wants it, and until when. Immutable; its text and digest are permanent ({@link ProposalText}).
 *
 * @param id its name, never given twice
 * @param action the operation's word
 * @param parameters what the operation is asked to do
 * @param state of what it is about, when it was proposed
 * @param effects what would be done, in sentences
 * @param proposer who wants it
 * @param created when, in whole milliseconds
 * @param expires from when on it can be approved no more, in whole milliseconds
 */
public record Proposal(
    String id,
    String action,
    Parameters parameters,
    String state,
    List<String> effects,
    Person proposer,
    Instant created,
    Instant expires) {
  public Proposal {
    effects = List.copyOf(effects);
  }

  @Override
  public String toString() {
    return "Proposal[" + id + ", " + action + "]";
  }
}
