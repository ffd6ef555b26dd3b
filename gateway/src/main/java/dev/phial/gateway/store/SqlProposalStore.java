package dev.phial.gateway.store;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Proposals in the database of a {@link SqlStore}. */
final class SqlProposalStore implements ProposalStore {
  private final StoreThreads threads;

  SqlProposalStore(StoreThreads threads) {
    this.threads = threads;
  }

  @Override
  public CompletionStage<Boolean> add(StoredProposal proposal) {
    return threads.inTransaction(connection -> new ProposalRows(connection).add(proposal));
  }

  @Override
  public CompletionStage<Optional<StoredProposal>> find(String id) {
    return threads.call(connection -> new ProposalRows(connection).find(id));
  }

  @Override
  public CompletionStage<List<StoredProposal>> newest(int limit) {
    return threads.call(connection -> new ProposalRows(connection).newest(limit));
  }

  @Override
  public CompletionStage<Boolean> decide(
      String id, ProposalState decided, StoredProposal.Decision decision) {
    return threads.inTransaction(
        connection -> new ProposalRows(connection).decide(id, decided, decision));
  }

  @Override
  public CompletionStage<Boolean> end(String id, ProposalState end) {
    return threads.inTransaction(connection -> new ProposalRows(connection).end(id, end));
  }
}
