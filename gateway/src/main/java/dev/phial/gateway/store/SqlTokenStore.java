package dev.phial.gateway.store;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Vaulted tokens in the database of a {@link SqlStore}. */
final class SqlTokenStore implements TokenStore {
  private final StoreThreads threads;
  private final TextList lists;

  SqlTokenStore(StoreThreads threads, TextList lists) {
    this.threads = threads;
    this.lists = lists;
  }

  @Override
  public CompletionStage<List<StoredToken>> byToken(
      String tenant, String element, List<String> tokens) {
    return find(tenant, element, "token", tokens);
  }

  @Override
  public CompletionStage<List<StoredToken>> byDigest(
      String tenant, String element, List<String> digests) {
    return find(tenant, element, "digest", digests);
  }

  private CompletionStage<List<StoredToken>> find(
      String tenant, String element, String column, List<String> texts) {
    return texts.isEmpty()
        ? CompletableFuture.completedStage(List.of())
        : threads.call(
            connection -> new TokenRows(connection, lists).find(tenant, element, column, texts));
  }

  @Override
  public CompletionStage<List<Boolean>> insert(List<StoredToken> tokens, Instant now) {
    return tokens.isEmpty()
        ? CompletableFuture.completedStage(List.of())
        : threads.inTransaction(connection -> new TokenRows(connection, lists).insert(tokens, now));
  }

  @Override
  public CompletionStage<List<Boolean>> reseal(List<Resealed> tokens) {
    return tokens.isEmpty()
        ? CompletableFuture.completedStage(List.of())
        : threads.inTransaction(connection -> new TokenRows(connection, lists).reseal(tokens));
  }

  @Override
  public CompletionStage<List<StoredToken>> change(
      String tenant, String element, List<String> tokens, TokenState state) {
    return threads.inTransaction(
        connection -> new TokenRows(connection, lists).change(tenant, element, tokens, state));
  }

  @Override
  public CompletionStage<List<TokenCount>> count(String tenant) {
    return threads.call(connection -> new TokenRows(connection, lists).count(tenant));
  }

  @Override
  public CompletionStage<Integer> deleteExpired(Instant now) {
    return threads.inTransaction(connection -> new TokenRows(connection, lists).deleteExpired(now));
  }
}
