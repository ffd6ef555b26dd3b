package dev.phial.gateway.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Where proposals outlive the process. The promises of {@link KeysetStore} hold here too.
 *
 * <p>Thread-safe. No method blocks; stages complete on a thread that may be used for short work. They fail with a {@link
 * StoreException} and nothing else.
 */
public interface ProposalStore {

  /** Adds a pending proposal. False, and nothing happened, when its id is taken. */
  CompletionStage<Boolean> add(StoredProposal proposal);

  CompletionStage<Optional<StoredProposal>> find(String id);

  /**
   * The newest proposals, newest first.
   *
   * @param limit how many at most
   */
  CompletionStage<List<StoredProposal>> newest(int limit);

  /**
   * Moves a proposal on from a pending state: to {@link ProposalState#APPROVED} or {@link ProposalState#WITHDRAWN}. False,
   * and nothing happened, when it is pending no more: of several who decide, one is told true.
   */
  CompletionStage<Boolean> decide(
      String id, ProposalState decided, StoredProposal.Decision decision);

  /**
   * Ends an approved proposal: {@link ProposalState#DONE} or {@link ProposalState#FAILED}. False, and nothing happened,
   * when it is not {@link ProposalState#APPROVED}.
   */
  CompletionStage<Boolean> end(String id, ProposalState end);
}
